/// The catalogue of session events. Raw values are CloudEvents types less their prefix.
public enum SessionEventType: String, Hashable, Sendable, Codable, CaseIterable {
    // What the service itself reports.
    /// The attempt was made.
    case attemptCreated = "attempt.created"
    /// All identifications that the policy asks for are there.
    case attemptReady = "attempt.ready_to_start"
    /// The ticket was drawn and the clock runs.
    case attemptStarted = "attempt.started"
    /// The candidate handed in, or the time was over.
    case attemptSubmitted = "attempt.submitted"
    /// The grade stands.
    case attemptGraded = "attempt.graded"
    /// A frame was compared with the portrait.
    case identificationMade = "identification.made"
    /// The candidate is asked to show the face or the workplace.
    case identificationDemanded = "identification.demanded"
    /// What was asked for was shown.
    case identificationAnswered = "identification.answered"
    /// What was asked for did not come in time.
    case identificationMissed = "identification.missed"
    /// A person let the candidate go on without identification.
    case identificationOverridden = "identification.overridden"
    /// The candidate came into the queue of visual identification.
    case verificationQueued = "verification.queued"
    /// A verifier has taken the case.
    case verificationTaken = "verification.taken"
    /// The case is back in the queue.
    case verificationReturned = "verification.returned"
    /// The case is decided.
    case verificationDecided = "verification.decided"
    /// The attempt was ended by a person: another person sat the exam, for one.
    case attemptRejected = "attempt.rejected"
    /// The clock was stopped: by the examiner, or by a break that the candidate takes.
    case attemptPaused = "attempt.paused"
    /// The clock runs again.
    case attemptResumed = "attempt.resumed"
    /// Time was given.
    case attemptTimeGiven = "attempt.time_given"
    /// The time is over; answers that were given in time may still arrive.
    case attemptTimedOut = "attempt.timed_out"
    /// The examiner lets the candidate go on after the end.
    case attemptReopened = "attempt.reopened"
    /// The attempt has not taken place (S2 4.7).
    case attemptFailed = "attempt.failed"
    /// The candidate does not take part (S2 4.5).
    case attemptDeclined = "attempt.declined"
    /// The candidate did not start in time.
    case attemptExpired = "attempt.expired"
    /// The review changed where the attempt stands.
    case attemptReviewed = "attempt.reviewed"
    /// The examiner marked the attempt for the reviewers.
    case attemptFlagged = "attempt.flagged"
    /// The examiner wrote to the candidate, or to all at the exam.
    case messageSent = "message.sent"
    /// The candidate has seen the message.
    case messageRead = "message.read"
    /// A rule found a pattern in the events; only staff see it.
    case flagRaised = "flag.raised"
    /// A person decided about a flag; only staff see it.
    case flagDecided = "flag.decided"
    /// The candidate goes on by another login; the one before is closed.
    case deviceTakenOver = "device.taken_over"
    /// An answer was saved.
    case answerSaved = "answer.saved"
    /// A photographed sheet or another file was taken as an answer.
    case sheetReceived = "sheet.received"
    /// A write to a closed attempt was refused (row A4).
    case writeRefused = "write.refused"
    /// Somebody tried to get at the attempt of another candidate.
    case accessRefused = "access.refused"

    // What the frames of a running attempt show (row B6); see `PresenceCondition`.
    /// Nobody is in frame.
    case presenceAbsent = "presence.absent"
    /// Somebody is in frame again.
    case presenceAbsentEnded = "presence.absent_ended"
    /// Several people are in frame.
    case presenceSeveralPeople = "presence.several_people"
    /// At most one person is in frame again.
    case presenceSeveralPeopleEnded = "presence.several_people_ended"
    /// Another person is in frame.
    case presenceOtherPerson = "presence.other_person"
    /// The candidate is in frame again.
    case presenceOtherPersonEnded = "presence.other_person_ended"
    /// The portrait itself is held up to the camera, or fed in.
    case presenceSuspectedCopy = "presence.suspected_copy"
    /// The portrait is no longer held up.
    case presenceSuspectedCopyEnded = "presence.suspected_copy_ended"
    /// The face is turned away.
    case presenceTurnedAway = "presence.turned_away"
    /// The face is turned to the camera again.
    case presenceTurnedAwayEnded = "presence.turned_away_ended"
    /// The camera is covered or the room is dark.
    case presenceCameraCovered = "presence.camera_covered"
    /// The camera sees something again.
    case presenceCameraCoveredEnded = "presence.camera_covered_ended"
    /// No frame came for too long; told when the next one comes, because the service learns of it only then.
    case presenceFramesMissing = "presence.frames_missing"

    // What the candidate's device reports.
    /// The page was hidden behind another tab or application.
    case tabHidden = "client.tab_hidden"
    /// The page came back.
    case tabShown = "client.tab_shown"
    /// The window lost the focus.
    case windowBlurred = "client.window_blurred"
    /// The window got the focus back.
    case windowFocused = "client.window_focused"
    /// Full screen was left.
    case fullScreenLeft = "client.full_screen_left"
    /// Something was copied out of the page.
    case copied = "client.copied"
    /// Something was pasted into the page.
    case pasted = "client.pasted"
    /// The camera stopped.
    case cameraLost = "client.camera_lost"
    /// The microphone stopped.
    case microphoneLost = "client.microphone_lost"
    /// The connection was lost, told afterwards.
    case networkLost = "client.network_lost"
    /// The connection is back.
    case networkRestored = "client.network_restored"
    /// A second screen is connected.
    case secondScreen = "client.second_screen"
    /// Another camera or microphone was chosen.
    case deviceChanged = "client.device_changed"
    /// The camera gives pictures again.
    case cameraRestored = "client.camera_restored"
    /// The microphone gives sound again.
    case microphoneRestored = "client.microphone_restored"
    /// Full screen was entered again.
    case fullScreenEntered = "client.full_screen_entered"
    /// The candidate asked for help.
    case helpAsked = "client.help_asked"

    /// Tells whether a candidate's device may report it; everything else only the service may.
    public var isFromClient: Bool { rawValue.hasPrefix("client.") }

    /// Whether only staff may see it: what is suspected is said to nobody before a person has decided.
    public var isForStaffOnly: Bool { self == .flagRaised || self == .flagDecided || self == .attemptFlagged }
}
