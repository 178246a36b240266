package catalog

import (
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// Parquet writes results as a Parquet file with the columns of the CSV, numbers
// and lists as such.
type Parquet struct {
	write func(*Result) error
	close func() error
}

// rowsInGroup is how many rows the writer holds in memory.
const rowsInGroup = 1 << 15

// NewParquet returns a writer of rows. The bytes depend on the rows alone.
func NewParquet(w io.Writer, t Table) *Parquet {
	if t.Quick {
		return newParquet[quickRow](w, t)
	}
	return newParquet[row](w, t)
}

func newParquet[T any, P interface {
	*T
	filler
}](w io.Writer, t Table) *Parquet {
	out := parquet.NewGenericWriter[T](w,
		parquet.Compression(&zstd.Codec{}), parquet.MaxRowsPerRowGroup(rowsInGroup), parquet.CreatedBy("puntari", "1", ""))
	var rows [1]T
	return &Parquet{close: out.Close, write: func(r *Result) error {
		P(&rows[0]).fill(r, &t)
		_, err := out.Write(rows[:])
		return err
	}}
}

// Write writes the row of a result.
func (p *Parquet) Write(r *Result) error { return p.write(r) }

// Close writes what is left.
func (p *Parquet) Close() error { return p.close() }
