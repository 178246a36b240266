// Package table reads tables of any size from the files that people have: CSV
// in the wild, workbooks, Parquet, GeoJSON and lines of JSON, packed or not.
//
// A table is read in blocks of whole rows, on several cores, in memory that
// does not grow with the file. What had to be guessed about a file is in its
// [Dialect]. Errors name places in the file, never what stands there.
package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// Format is a kind of file.
type Format string

// The formats that can be read.
const (
	CSV     Format = "csv"
	XLSX    Format = "xlsx"
	Parquet Format = "parquet"
	GeoJSON Format = "geojson"
	NDJSON  Format = "ndjson"
	JSON    Format = "json" // one list of objects
)

// Options say what is known about a file. What is left empty is guessed.
type Options struct {
	// Encoding is utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1,
	// iso-8859-15, cp850 or macintosh.
	Encoding string
	// Delimiter is the character between two cells of a CSV file.
	Delimiter string
	// Header says whether the first row names the columns.
	Header *bool
	// HeaderRow is the number of the row with the names, from 1; the rows above
	// it are titles. 0 leaves it open.
	HeaderRow int
	// Sheet is the sheet of a workbook; the first one without it.
	Sheet string
	// Names are names that columns are expected to have. A first row that holds
	// most of them is a header.
	Names []string
	// Totals says how rows of totals are recognised. Without it they are rows like
	// others.
	Totals *TotalRows
	// Blocks is the size of the blocks that a text is cut into, in bytes. It
	// changes no result.
	Blocks int
}

// Dialect is how a file is written.
type Dialect struct {
	Format   Format
	Gzip     bool
	Encoding string
	// Delimiter is a single character, for CSV.
	Delimiter string
	Header    bool
	// Titles is the number of rows above the header.
	Titles int
	// Sheet is the number of the sheet that is read, from 1, and Sheets how many
	// there are.
	Sheet, Sheets int
	// Guessed are the names of the settings that were guessed: "format",
	// "encoding", "delimiter", "header", "sheet".
	Guessed []string
}

// File is a table whose dialect is known. It can be read several times.
type File struct {
	Dialect Dialect
	// Columns holds what the header says, or "" for each column without one.
	// It is as it stands in the file and may hold personal data.
	Columns []string
	// Size is the length of the file in bytes, Modified its time.
	Size     int64
	Modified time.Time

	path string
	opts Options
	// dataStart is the length of the header and what is above it, in bytes of
	// the text as blocks are cut from it.
	dataStart int
	table     *[256][]byte // the characters of a single-byte encoding
	returns   bool         // lines end with a carriage return alone
	json      *jsonLayout
	totals    *Totals
	// apart are the blocks that have rows to be set apart, or may have, by their
	// places; nil before the first scan.
	apart map[int]bool
}

// Stats is what a scan saw of the file as a whole.
type Stats struct {
	// Rows is the number of rows of data.
	Rows int64
	// Totals and Notes are the numbers of rows that were set apart, Doubtful that
	// of rows that have a word for totals and were taken for data.
	Totals, Notes, Doubtful int64
	// Ragged is the number of rows with more or fewer cells than there are columns.
	Ragged int64
	// Bytes is the length of the text after unpacking.
	Bytes int64
	// Foreign is the number of blocks that were not UTF-8 although the file was
	// taken to be; they were read as windows-1252.
	Foreign int64
}

// A Problem says why a file cannot be read as a table. It never holds what
// stands in the file.
type Problem struct {
	// Code is the end of the message key "describe.problem.CODE".
	Code string
	// Line is the line, or the row, of the problem, from 1; 0 when it is the
	// whole file.
	Line int64
	// Params fill the message.
	Params map[string]string
	cause  error
}

// The codes of problems.
const (
	CodeEmpty       = "empty"
	CodeFormat      = "format"
	CodeEncoding    = "encoding"
	CodeDelimiter   = "delimiter"
	CodeLongRow     = "long_row"
	CodeOpenQuote   = "open_quote"
	CodeTooWide     = "too_wide"
	CodeDamaged     = "damaged"
	CodeSheet       = "sheet"
	CodeTooLarge    = "too_large"
	CodeChanged     = "changed"
	CodeRecord      = "record"
	CodeOldWorkbook = "old_workbook"
	CodeHeaderRow   = "header_row"
)

func (p *Problem) Error() string {
	s := "table: " + p.Code
	if p.Line > 0 {
		s += fmt.Sprintf(" at %d", p.Line)
	}
	return s
}

// Unwrap gives the cause, if it comes from the file system.
func (p *Problem) Unwrap() error { return p.cause }

func problem(code string, line int64, params ...string) *Problem {
	p := &Problem{Code: code, Line: line, Params: map[string]string{}}
	for i := 0; i+1 < len(params); i += 2 {
		p.Params[params[i]] = params[i+1]
	}
	return p
}

// Limits that keep a hostile or broken file from filling the memory.
const (
	maxColumns   = 16384
	maxRecord    = 16 << 20
	sniffSize    = 256 << 10
	defaultBlock = 256 << 10
	// rowsPerBlock is how many rows a block has where rows come one by one.
	rowsPerBlock = 4096
	// cellsPerBlock is how many cells a block has at most, if it has several rows.
	cellsPerBlock = 1 << 19
)

// Open looks at a file and finds out how it is written.
func Open(path string, o Options) (*File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if o.Blocks <= 0 {
		o.Blocks = defaultBlock
	}
	f := &File{path: path, opts: o, Size: info.Size(), Modified: info.ModTime()}
	if o.Totals != nil {
		f.totals = NewTotals(*o.Totals)
	}
	head, err := f.recognise()
	if err != nil {
		return nil, err
	}
	switch f.Dialect.Format {
	case CSV:
		err = f.sniffCSV(head)
	case XLSX:
		err = f.sniffWorkbook()
	case Parquet:
		err = f.sniffParquet()
	default:
		err = f.sniffJSON()
	}
	if err != nil {
		return nil, err
	}
	if len(f.Columns) > maxColumns {
		return nil, problem(CodeTooWide, 0, "most", fmt.Sprint(maxColumns))
	}
	return f, nil
}

// recognise tells the format by the first bytes, and by the name only where
// those say nothing. It returns the beginning of the text.
func (f *File) recognise() ([]byte, error) {
	raw, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer raw.Close()
	head := make([]byte, sniffSize)
	n, err := io.ReadFull(raw, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	head = head[:n]
	if n == 0 {
		return nil, problem(CodeEmpty, 0)
	}
	f.guessed("format")
	name := strings.ToLower(f.path)
	switch {
	case strings.HasPrefix(string(head), "PK\x03\x04"):
		f.Dialect.Format = XLSX
		return head, nil
	case strings.HasPrefix(string(head), "\xD0\xCF\x11\xE0"):
		return nil, problem(CodeOldWorkbook, 0)
	case strings.HasPrefix(string(head), "PAR1"):
		f.Dialect.Format = Parquet
		return head, nil
	case strings.HasPrefix(string(head), "\x1f\x8b"):
		f.Dialect.Gzip = true
		name = strings.TrimSuffix(name, ".gz")
		if head, err = f.unpackedHead(); err != nil {
			return nil, err
		}
		if len(head) == 0 {
			return nil, problem(CodeEmpty, 0)
		}
	}
	switch trimmed := strings.TrimLeft(strings.TrimPrefix(string(head), "\xEF\xBB\xBF"), " \t\r\n"); {
	case strings.HasPrefix(trimmed, "{") && strings.Contains(trimmed, `"FeatureCollection"`) && !strings.HasSuffix(name, ".csv"):
		f.Dialect.Format = GeoJSON
	case strings.HasPrefix(trimmed, "{") && !strings.HasSuffix(name, ".csv"):
		f.Dialect.Format = NDJSON
	case strings.HasPrefix(trimmed, "[") && isJSONList(trimmed):
		f.Dialect.Format = JSON
	case strings.HasPrefix(trimmed, "%PDF") || strings.HasPrefix(trimmed, "<"):
		return nil, problem(CodeFormat, 0)
	default:
		f.Dialect.Format = CSV
	}
	return head, nil
}

func isJSONList(s string) bool {
	return strings.HasPrefix(strings.TrimLeft(s[1:], " \t\r\n"), "{")
}

func (f *File) guessed(what string) { f.Dialect.Guessed = append(f.Dialect.Guessed, what) }

// Scan reads the whole table. fn is called from up to workers goroutines at
// once, with the number of the worker, for one block after the other; a block
// is only valid during the call. Blocks come in any order, and carry their
// place in the file, which is the same in every scan.
//
// raw get the bytes of the file, as they are, in their order and as far as they
// are read: all of them for CSV and lines of JSON, none for other formats.
func (f *File) Scan(ctx context.Context, workers int, progress func(read int64), fn func(worker int, b *Block) error, raw ...io.Writer) (Stats, error) {
	info, err := os.Stat(f.path)
	if err != nil {
		return Stats{}, err
	}
	if info.Size() != f.Size || !info.ModTime().Equal(f.Modified) {
		return Stats{}, problem(CodeChanged, 0)
	}
	if progress == nil {
		progress = func(int64) {}
	}
	s := newScan(ctx, f, max(1, workers), progress, fn)
	s.raw = raw
	switch f.Dialect.Format {
	case CSV:
		err = s.text(s.cutCSV, s.parseCSV)
	case NDJSON:
		err = s.text(s.cutLines, s.parseLines)
	case XLSX:
		err = s.rows(f.eachWorkbookRow)
	case Parquet:
		err = s.rows(f.eachParquetRow)
	default:
		err = s.rows(f.eachRecord)
	}
	if err == nil && f.apart == nil {
		f.apart = s.apart
	}
	return s.stats(), err
}

// Path is where the file is.
func (f *File) Path() string { return f.path }
