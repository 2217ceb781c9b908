/// All stores of this domain.
public typealias GradingStores = DeanReportStore & GradeSheetStore & GroupStore & OpenWorkStore
    & OutboxStore & RulingStore & SheetPaperStore
