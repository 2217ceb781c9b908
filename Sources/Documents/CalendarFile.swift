import CIcal
public import Foundation

/// Events for people's calendars as an iCalendar file (RFC 5545), written by libical: folded lines, escaped texts, CRLF.
public struct CalendarFile: Sendable {
    /// One event.
    public struct Event: Hashable, Sendable {
        /// The identifier, the same each time the event is written (RFC 5545 §3.8.4.7).
        public var id: String
        /// How often it was changed, from 0: a calendar replaces what it has by a greater number (§3.8.7.4).
        public var sequence: Int
        /// When it was written as it is.
        public var stamp: Date
        /// When it begins.
        public var start: Date
        /// When it ends.
        public var end: Date
        /// What it is called.
        public var summary: String
        /// Where it is.
        public var location: String?
        /// What else is said about it.
        public var details: String?

        /// Makes an event.
        public init(
            id: String,
            sequence: Int,
            stamp: Date,
            start: Date,
            end: Date,
            summary: String,
            location: String? = nil,
            details: String? = nil
        ) {
            self.id = id
            self.sequence = sequence
            self.stamp = stamp
            self.start = start
            self.end = end
            self.summary = summary
            self.location = location
            self.details = details
        }
    }

    /// What wrote the file (PRODID).
    public var producer: String
    /// The events.
    public var events: [Event]

    /// Makes a file.
    public init(producer: String, events: [Event]) {
        self.producer = producer
        self.events = events
    }

    /// The file. Times are in UTC; a calendar shows them in the time of whoever looks.
    public var data: Data {
        guard let calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT) else { return Data() }
        // Frees everything that was added to it.
        defer { icalcomponent_free(calendar) }
        icalcomponent_add_property(calendar, icalproperty_new_version("2.0"))
        icalcomponent_add_property(calendar, icalproperty_new_prodid(Self.clean(producer)))
        icalcomponent_add_property(calendar, icalproperty_new_calscale("GREGORIAN"))
        icalcomponent_add_property(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH))
        for event in events { icalcomponent_add_component(calendar, Self.component(event)) }
        guard let text = icalcomponent_as_ical_string_r(calendar) else { return Data() }
        defer { free(text) }
        return Data(String(cString: text).utf8)
    }

    private static func component(_ event: Event) -> OpaquePointer? {
        let component = icalcomponent_new(ICAL_VEVENT_COMPONENT)
        func add(_ property: OpaquePointer?) { icalcomponent_add_property(component, property) }
        add(icalproperty_new_uid(clean(event.id)))
        add(icalproperty_new_dtstamp(time(event.stamp)))
        add(icalproperty_new_dtstart(time(event.start)))
        add(icalproperty_new_dtend(time(event.end)))
        add(icalproperty_new_sequence(Int32(clamping: event.sequence)))
        add(icalproperty_new_lastmodified(time(event.stamp)))
        add(icalproperty_new_status(ICAL_STATUS_CONFIRMED))
        add(icalproperty_new_summary(clean(event.summary)))
        if let location = event.location { add(icalproperty_new_location(clean(location))) }
        if let details = event.details { add(icalproperty_new_description(clean(details))) }
        return component
    }

    /// A moment in UTC, in whole seconds as the format has them.
    private static func time(_ moment: Date) -> icaltimetype {
        icaltime_from_timet_with_zone(
            Int(moment.timeIntervalSince1970.rounded(.down)),
            0,
            icaltimezone_get_utc_timezone()
        )
    }

    /// A text without control characters but line feeds (§3.3.11).
    private static func clean(_ text: String) -> String {
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        return String(
            String.UnicodeScalarView(
                lines.unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control }
            )
        )
    }
}
