/// All stores of this domain.
public typealias GradingStores = GradeSheetStore & GroupStore & GradeNoticeStore & OpenWorkStore & OutboxStore
    & RulingStore
