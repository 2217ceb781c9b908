import CPango

extension PageComposer {
    /// What a block comes to.
    func pieces(of block: PrintedDocument.Block) throws -> [Piece] {
        switch block {
        case .space(let height): return [Piece(height: height) { _, _ in }]
        case .text(let text, let size, let isBold, let alignment):
            let layout = try layout(text, width: Self.width, size: size, isBold: isBold, alignment: alignment)
            return [
                Piece(height: layout.height + 2, staysWithNext: isBold) { layout.draw(on: $0, x: Self.left, y: $1) }
            ]
        case .fields(let lines): return try lines.map { try fieldLine($0) }
        case .table(let table): return try pieces(of: table)
        case .signatures(let signatures):
            var pieces = try signatures.map { try signatureLine($0) }
            for index in pieces.indices.dropLast() { pieces[index].staysWithNext = true }
            return pieces
        }
    }

    // MARK: - Fields

    private func fieldLine(_ fields: [PrintedDocument.Field]) throws -> Piece {
        let gap = 12.0
        let count = Double(max(1, fields.count))
        let share = (Self.width - gap * (count - 1)) / count
        var parts: [(x: Double, label: TextLayout, value: TextLayout, valueX: Double)] = []
        for (index, field) in fields.enumerated() {
            let x = Self.left + Double(index) * (share + gap)
            let label = try layout(field.label, width: share * 0.7, size: 10.5)
            let valueX = x + label.reach + 4
            let value = try layout(field.value, width: x + share - valueX, size: 10.5, isBold: true)
            parts.append((x, label, value, valueX))
        }
        let height = parts.map { max($0.label.height, $0.value.height) }.max() ?? 0
        return Piece(height: height + 5) { [parts] cairo, top in
            for part in parts {
                part.label.draw(on: cairo, x: part.x, y: top)
                part.value.draw(on: cairo, x: part.valueX, y: top)
                Self.line(
                    cairo,
                    from: (part.valueX - 2, top + height + 1),
                    to: (part.valueX + part.value.width, top + height + 1),
                    width: 0.4
                )
            }
        }
    }

    // MARK: - Tables

    private func pieces(of table: PrintedDocument.Table) throws -> [Piece] {
        let total = table.columns.reduce(0) { $0 + $1.weight }
        let widths = table.columns.map { $0.weight / total * Self.width }
        var head = try row(table.columns.map(\.title), widths, table.columns.map { _ in .center }, isBold: true)
        head.staysWithNext = true
        let alignments = table.columns.map(\.alignment)
        let rows = try table.rows.map { cells in
            var piece = try row(cells, widths, alignments, isBold: false)
            piece.head = [head]
            return piece
        }
        return [head] + rows
    }

    private func row(
        _ cells: [String],
        _ widths: [Double],
        _ alignments: [PrintedDocument.Alignment],
        isBold: Bool
    ) throws -> Piece {
        let padding = 3.5
        var layouts: [(x: Double, width: Double, text: TextLayout)] = []
        var x = Self.left
        for ((cell, width), alignment) in zip(zip(cells, widths), alignments) {
            let text = try layout(
                cell,
                width: width - 2 * padding,
                size: isBold ? 9.5 : 10.5,
                isBold: isBold,
                alignment: alignment
            )
            layouts.append((x, width, text))
            x += width
        }
        let height = max(18, (layouts.map(\.text.height).max() ?? 0) + 2 * padding)
        return Piece(height: height) { [layouts] cairo, top in
            for cell in layouts {
                cairo_set_line_width(cairo, 0.6)
                cairo_rectangle(cairo, cell.x, top, cell.width, height)
                cairo_stroke(cairo)
                cell.text.draw(on: cairo, x: cell.x + padding, y: top + (height - cell.text.height) / 2)
            }
        }
    }

    // MARK: - Signatures

    private func signatureLine(_ signature: PrintedDocument.Signature) throws -> Piece {
        let officeWidth = Self.width * 0.36
        let lineStart = Self.left + officeWidth + 8
        let lineEnd = lineStart + Self.width * 0.24
        let nameStart = lineEnd + 12
        let office = try layout(signature.office, width: officeWidth, size: 10.5)
        let name = try layout(signature.name, width: Self.left + Self.width - nameStart, size: 10.5)
        let caption = try layout("подпись", width: lineEnd - lineStart, size: 7, alignment: .center)
        let nameCaption = try layout(
            "фамилия, инициалы",
            width: Self.left + Self.width - nameStart,
            size: 7,
            alignment: .center
        )
        let base = 14 + max(office.height, name.height)
        return Piece(height: base + 12) { cairo, top in
            office.draw(on: cairo, x: Self.left, y: top + base - office.height - 1)
            name.draw(on: cairo, x: nameStart + 3, y: top + base - name.height - 1)
            Self.line(cairo, from: (lineStart, top + base), to: (lineEnd, top + base))
            Self.line(cairo, from: (nameStart, top + base), to: (Self.left + Self.width, top + base))
            caption.draw(on: cairo, x: lineStart, y: top + base + 1)
            nameCaption.draw(on: cairo, x: nameStart, y: top + base + 1)
        }
    }
}
