import CLeptonica
import CTesseract
import Foundation

/// The owner of one engine of tesseract's with one model. Used by one thread at a time.
struct TesseractEngine: ~Copyable {
    private let handle: OpaquePointer

    /// Loads a model from memory, so that what was verified is what is used; `nil` where tesseract does not take it.
    init?(model: Data) {
        guard let handle = TessBaseAPICreate() else { return nil }
        let status = model.withUnsafeBytes { bytes in
            TessBaseAPIInit5(
                handle,
                bytes.bindMemory(to: CChar.self).baseAddress,
                Int32(bytes.count),
                "mrz",
                OEM_LSTM_ONLY,
                nil,
                0,
                nil,
                nil,
                0,
                0
            )
        }
        guard status == 0 else {
            TessBaseAPIDelete(handle)
            return nil
        }
        TessBaseAPISetVariable(handle, "tessedit_char_whitelist", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
        // What it has to say about lines could hold what stands in them.
        TessBaseAPISetVariable(handle, "debug_file", "/dev/null")
        TessBaseAPISetPageSegMode(handle, PSM_SINGLE_LINE)
        // Pictures too small to look at are no news for standard error.
        setMsgSeverity(Int32(L_SEVERITY_NONE))
        self.handle = handle
    }

    deinit {
        TessBaseAPIEnd(handle)
        TessBaseAPIDelete(handle)
    }

    /// What stands in a level picture of one line; `nil` where nothing does.
    func read(_ picture: GreyPicture) -> LineText? {
        let (width, height) = (Int32(picture.width), Int32(picture.height))
        picture.pixels.withUnsafeBufferPointer {
            TessBaseAPISetImage(handle, $0.baseAddress, width, height, 1, width)
        }
        TessBaseAPISetSourceResolution(handle, 300)
        // For this thread only, and as it was for whoever has it next.
        let levels = omp_get_max_active_levels()
        omp_set_max_active_levels(0)
        defer { omp_set_max_active_levels(levels) }
        // Nothing of the line stays in the engine.
        defer { TessBaseAPIClear(handle) }
        guard TessBaseAPIRecognize(handle, nil) == 0, let iterator = TessBaseAPIGetIterator(handle) else { return nil }
        defer { TessResultIteratorDelete(iterator) }
        var characters: [Character] = []
        var least: Float = 1
        repeat {
            guard let symbol = TessResultIteratorGetUTF8Text(iterator, RIL_SYMBOL) else { continue }
            defer { TessDeleteText(symbol) }
            characters += String(cString: symbol)
            least = min(least, TessResultIteratorConfidence(iterator, RIL_SYMBOL) / 100)
        } while TessResultIteratorNext(iterator, RIL_SYMBOL) != 0
        return characters.isEmpty ? nil : LineText(characters: characters, least: least)
    }
}
