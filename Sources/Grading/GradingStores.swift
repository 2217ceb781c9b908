/// All stores of this domain.
public typealias GradingStores = GradeSheetStore & GroupStore & NoticeStore & OpenWorkStore & OutboxStore & RulingStore
