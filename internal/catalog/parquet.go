package catalog

import (
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// Parquet writes results as a Parquet file with the columns of the CSV, numbers
// and lists as such.
type Parquet struct {
	w    *parquet.GenericWriter[row]
	lang string
	rows [1]row
}

// rowsInGroup is how many rows the writer holds in memory.
const rowsInGroup = 1 << 15

// NewParquet returns a writer of rows; titles are in lang where there is one. The
// bytes depend on the rows alone.
func NewParquet(w io.Writer, lang string) *Parquet {
	return &Parquet{lang: lang, w: parquet.NewGenericWriter[row](w,
		parquet.Compression(&zstd.Codec{}), parquet.MaxRowsPerRowGroup(rowsInGroup), parquet.CreatedBy("puntari", "1", ""))}
}

// Write writes the row of a result.
func (p *Parquet) Write(r *Result) error {
	p.rows[0].fill(r, p.lang)
	_, err := p.w.Write(p.rows[:])
	return err
}

// Close writes what is left.
func (p *Parquet) Close() error { return p.w.Close() }
