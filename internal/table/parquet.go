package table

import (
	"errors"
	"io"
	"math/big"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// openParquet opens the file; the library panics on some damaged files.
func (f *File) openParquet() (p *parquet.File, file *os.File, err error) {
	if file, err = os.Open(f.path); err != nil {
		return nil, nil, err
	}
	defer func() {
		if recover() != nil {
			err = problem(CodeDamaged, 0)
		}
		if err != nil {
			file.Close()
		}
	}()
	if p, err = parquet.OpenFile(file, f.Size, parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true)); err != nil {
		return nil, file, problem(CodeDamaged, 0)
	}
	return p, file, nil
}

func (f *File) sniffParquet() error {
	p, file, err := f.openParquet()
	if err != nil {
		return err
	}
	defer file.Close()
	f.Dialect.Header = true
	for _, path := range p.Schema().Columns() {
		f.Columns = append(f.Columns, clean(strings.Join(path, ".")))
	}
	if len(f.Columns) == 0 {
		return problem(CodeEmpty, 0)
	}
	return nil
}

// eachParquetRow gives the rows. The values of a list stand in one cell with a
// semicolon between them.
func (f *File) eachParquetRow(progress func(int64), fn func([][]byte) error) (err error) {
	p, file, err := f.openParquet()
	if err != nil {
		return err
	}
	defer file.Close()
	calling := false
	defer func() {
		if r := recover(); r != nil {
			if calling {
				panic(r)
			}
			err = problem(CodeDamaged, 0)
		}
	}()
	leaves := parquetLeaves(p)
	row := make([][]byte, len(f.Columns))
	buf := make([]parquet.Row, 256)
	done, total := int64(0), max(1, p.NumRows())
	for _, g := range p.RowGroups() {
		rows := g.Rows()
		for {
			n, readErr := rows.ReadRows(buf)
			for _, values := range buf[:n] {
				for i := range row {
					row[i] = row[i][:0]
				}
				for _, v := range values {
					c := v.Column()
					if c < 0 || c >= len(row) || v.IsNull() {
						continue
					}
					if len(row[c]) > 0 {
						row[c] = append(row[c], "; "...)
					}
					row[c] = leaves[c](row[c], v)
				}
				calling = true
				if err := fn(row); err != nil {
					rows.Close()
					return err
				}
				calling = false
			}
			done += int64(n)
			progress(f.Size * done / total)
			if errors.Is(readErr, io.EOF) {
				break
			}
			if readErr != nil {
				rows.Close()
				return problem(CodeDamaged, done)
			}
		}
		if err := rows.Close(); err != nil {
			return problem(CodeDamaged, done)
		}
	}
	return nil
}

// parquetLeaves are the functions that write the values of the columns.
func parquetLeaves(p *parquet.File) []func([]byte, parquet.Value) []byte {
	var out []func([]byte, parquet.Value) []byte
	for _, path := range p.Schema().Columns() {
		leaf, _ := p.Schema().Lookup(path...)
		var logical *format.LogicalType
		if leaf.Node != nil {
			logical = leaf.Node.Type().LogicalType()
		}
		out = append(out, parquetText(logical))
	}
	return out
}

func parquetText(l *format.LogicalType) func([]byte, parquet.Value) []byte {
	if l == nil {
		return plainText
	}
	switch l := l.Value.(type) {
	case *format.DateType:
		return func(b []byte, v parquet.Value) []byte {
			return time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(b, time.DateOnly)
		}
	case *format.TimestampType:
		unit := time.Nanosecond
		switch l.Unit.Value.(type) {
		case *format.MilliSeconds:
			unit = time.Millisecond
		case *format.MicroSeconds:
			unit = time.Microsecond
		}
		return func(b []byte, v parquet.Value) []byte {
			perSecond := int64(time.Second / unit)
			n := v.Int64()
			t := time.Unix(n/perSecond, n%perSecond*int64(unit)).UTC()
			return t.AppendFormat(b, "2006-01-02T15:04:05.999999999")
		}
	case *format.DecimalType:
		scale := int(l.Scale)
		return func(b []byte, v parquet.Value) []byte { return append(b, decimalText(v, scale)...) }
	}
	return plainText
}

func plainText(b []byte, v parquet.Value) []byte {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.AppendBool(b, v.Boolean())
	case parquet.Int32:
		return strconv.AppendInt(b, int64(v.Int32()), 10)
	case parquet.Int64:
		return strconv.AppendInt(b, v.Int64(), 10)
	case parquet.Float:
		return strconv.AppendFloat(b, float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.AppendFloat(b, v.Double(), 'f', -1, 64)
	case parquet.Int96:
		return int96Time(v.Int96()).AppendFormat(b, "2006-01-02T15:04:05.999999999")
	}
	return append(b, v.ByteArray()...)
}

// int96Time reads the old form of points in time: nanoseconds of the day, then
// the Julian day.
func int96Time(n deprecated.Int96) time.Time {
	const julianEpoch = 2440588
	nanos := int64(n[0]) | int64(n[1])<<32
	return time.Unix((int64(n[2])-julianEpoch)*86400, nanos).UTC()
}

// decimalText writes a number whose last digits are decimals.
func decimalText(v parquet.Value, scale int) string {
	n := new(big.Int)
	switch v.Kind() {
	case parquet.Int32:
		n.SetInt64(int64(v.Int32()))
	case parquet.Int64:
		n.SetInt64(v.Int64())
	default:
		raw := v.ByteArray()
		n.SetBytes(raw)
		if len(raw) > 0 && raw[0]&0x80 != 0 { // two's complement
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(raw))))
		}
	}
	s := new(big.Int).Abs(n).String()
	if scale > 0 {
		if len(s) <= scale {
			s = strings.Repeat("0", scale-len(s)+1) + s
		}
		s = s[:len(s)-scale] + "." + s[len(s)-scale:]
	}
	if n.Sign() < 0 {
		s = "-" + s
	}
	return s
}
