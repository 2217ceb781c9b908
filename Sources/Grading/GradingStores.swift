/// All stores of this domain.
public typealias GradingStores = DeanReportStore & GradeSheetStore & GroupStore & GradeNoticeStore & OpenWorkStore
    & OutboxStore & RulingStore & SheetPaperStore
