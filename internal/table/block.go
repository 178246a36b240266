package table

// Block is a number of whole rows.
type Block struct {
	// Seq is the place of the block in the file, from 0 without gaps.
	Seq int
	// Rows is the number of rows.
	Rows int
	// Beyond are the cells that stand beyond the last column, and the rows above
	// the header: they have no column, but are part of the file.
	Beyond [][]byte
	// Totals are the rows of totals: how many rows of the block stand before each.
	// Their cells are those of the rows from Rows on, and among Beyond as well.
	Totals []int

	text   []byte
	cells  [][]span // by column
	ragged int
	// line is the number of the line on which the block begins.
	line int64
	// first tells that the block begins with the header and what is above it.
	first bool
}

// span is a part of a block's text.
type span struct{ from, to uint32 }

// Cell returns a cell; what is missing at the end of a row is empty. The bytes
// are UTF-8 and only valid as long as the block is.
func (b *Block) Cell(column, row int) []byte {
	s := b.cells[column][row]
	return b.text[s.from:s.to]
}

// Columns is the number of columns.
func (b *Block) Columns() int { return len(b.cells) }

// reset empties the block for a number of columns and keeps its memory.
func (b *Block) reset(columns int) {
	if len(b.cells) != columns {
		b.cells = make([][]span, columns)
	}
	for i := range b.cells {
		b.cells[i] = b.cells[i][:0]
	}
	b.Rows, b.ragged, b.Beyond = 0, 0, b.Beyond[:0]
}

// endRow fills a row up that has n cells.
func (b *Block) endRow(n int) {
	if n != len(b.cells) {
		b.ragged++
		for c := n; c < len(b.cells); c++ {
			b.cells[c] = append(b.cells[c], span{})
		}
	}
	b.Rows++
}

// add adds a row whose cells are held elsewhere.
func (b *Block) add(row [][]byte) {
	for i, cell := range row {
		if i >= len(b.cells) {
			b.Beyond = append(b.Beyond, append([]byte(nil), cell...))
			continue
		}
		from := uint32(len(b.text))
		b.text = append(b.text, cell...)
		b.cells[i] = append(b.cells[i], span{from, uint32(len(b.text))})
	}
	b.endRow(len(row))
}
