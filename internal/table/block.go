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

	text []byte
	// spans are the cells, column after column, with room for so many rows each.
	spans         []span
	columns, room int
	ragged        int
	// lines is the number of line feeds in the text.
	lines int
	// line is the number of the line on which the block begins.
	line int64
	// row is a row that is being added.
	row []span
	// first tells that the block begins with the header and what is above it.
	first bool
}

// span is a part of a block's text.
type span struct{ from, to uint32 }

// Cells are the cells of one column of a block.
type Cells struct {
	text  []byte
	spans []span
}

// Column returns the cells of a column, those of the totals after those of the
// rows.
func (b *Block) Column(column int) Cells {
	return Cells{b.text, b.spans[column*b.room:][:b.Rows+len(b.Totals)]}
}

// At returns the cell of a row; what is missing at the end of a row is empty. The
// bytes are UTF-8 and only valid as long as the block is.
func (c Cells) At(row int) []byte {
	s := c.spans[row]
	return c.text[s.from:s.to]
}

// reset empties the block for a number of columns and keeps its memory. rows is
// how many rows there will be, as far as known.
func (b *Block) reset(columns, rows int) {
	b.columns, b.room = columns, rows
	if n := columns * rows; cap(b.spans) < n {
		b.spans = make([]span, n)
	} else {
		b.spans = b.spans[:n]
	}
	b.Rows, b.ragged, b.Beyond, b.Totals = 0, 0, b.Beyond[:0], nil
}

// grow makes room for more rows.
func (b *Block) grow() {
	room := max(64, 2*b.room)
	spans := make([]span, room*b.columns)
	for c := range b.columns {
		copy(spans[c*room:], b.spans[c*b.room:][:b.Rows])
	}
	b.spans, b.room = spans, room
}

// addSpans adds a row whose cells are parts of the text.
func (b *Block) addSpans(cells []span) {
	if b.Rows == b.room {
		b.grow()
	}
	if len(cells) > b.columns {
		b.beyond(cells[b.columns:])
		b.ragged++
		cells = cells[:b.columns]
	}
	at := b.Rows
	for _, c := range cells {
		b.spans[at] = c
		at += b.room
	}
	if len(cells) < b.columns {
		b.ragged++
		for ; at < len(b.spans); at += b.room {
			b.spans[at] = span{}
		}
	}
	b.Rows++
}

// beyond notes cells that have no column.
func (b *Block) beyond(cells []span) {
	for _, c := range cells {
		b.Beyond = append(b.Beyond, b.text[c.from:c.to])
	}
}

// add adds a row whose cells are held elsewhere.
func (b *Block) add(row [][]byte) {
	b.row = b.row[:0]
	for i, cell := range row {
		if i >= b.columns {
			b.Beyond = append(b.Beyond, append([]byte(nil), cell...))
			continue
		}
		from := uint32(len(b.text))
		b.text = append(b.text, cell...)
		b.row = append(b.row, span{from, uint32(len(b.text))})
	}
	if len(row) > b.columns {
		b.ragged++
	}
	b.addSpans(b.row)
}
