package table

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"
)

// The reader of workbooks is our own, since excelize, which the reports are
// written with, unpacks a large sheet into a file of plain text in the temporary
// folder or holds it whole, and gives a date only as it is displayed. This one
// streams the sheet and knows dates by their style.

// Limits of a workbook.
const (
	maxParts       = 10_000
	maxSharedBytes = 256 << 20
	maxUnpacked    = 8 << 30
	// maxRatio is how far a part may unpack; the sheets of real workbooks reach
	// 20 to 50.
	maxRatio      = 1000
	lastXLSXRow   = 1 << 20
	lastXLSXCol   = 1 << 14
	maxStyleCount = 1 << 16
)

type workbook struct {
	closer   io.Closer
	parts    map[string]*zip.File
	sheets   []string // names
	targets  []string // parts of the sheets
	shared   []string
	dates    []dateKind // by style
	days1904 bool
}

type dateKind uint8

const (
	noDate dateKind = iota
	dateOnly
	timeOnly
	dateTime
)

// openWorkbook looks at the directory of the archive before anything is unpacked.
func (f *File) openWorkbook() (*workbook, error) {
	z, err := zip.OpenReader(f.path)
	if err != nil {
		return nil, problem(CodeDamaged, 0)
	}
	w := &workbook{closer: z, parts: map[string]*zip.File{}}
	ok := false
	defer func() {
		if !ok {
			_ = z.Close() // nothing was written
		}
	}()
	total := uint64(0)
	if len(z.File) > maxParts {
		return nil, problem(CodeTooLarge, 0)
	}
	for _, e := range z.File {
		total += e.UncompressedSize64
		if total > maxUnpacked || e.UncompressedSize64 > 1<<20 && e.UncompressedSize64/max(1, e.CompressedSize64) > maxRatio {
			return nil, problem(CodeTooLarge, 0)
		}
		w.parts[e.Name] = e
	}
	if w.parts["xl/workbook.xml"] == nil {
		return nil, problem(CodeFormat, 0)
	}
	if err := w.readSheets(); err != nil {
		return nil, err
	}
	if err := w.readStyles(); err != nil {
		return nil, err
	}
	if err := w.readShared(); err != nil {
		return nil, err
	}
	ok = true
	return w, nil
}

// elements goes through the elements of a part.
func (w *workbook) elements(name string, fn func(xml.Token) error) error {
	e := w.parts[name]
	if e == nil {
		return nil
	}
	r, err := e.Open()
	if err != nil {
		return problem(CodeDamaged, 0)
	}
	defer r.Close()
	d := xml.NewDecoder(io.LimitReader(r, int64(e.UncompressedSize64)))
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return problem(CodeDamaged, 0)
		}
		if err := fn(t); err != nil {
			return err
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (w *workbook) readSheets() error {
	targets := map[string]string{}
	err := w.elements("xl/_rels/workbook.xml.rels", func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && attribute(e, "TargetMode") != "External" {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[attribute(e, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.elements("xl/workbook.xml", func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case e.Name.Local == "workbookPr":
			v := attribute(e, "date1904")
			w.days1904 = v == "1" || v == "true"
		case e.Name.Local == "sheet":
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					w.sheets = append(w.sheets, attribute(e, "name"))
					w.targets = append(w.targets, targets[a.Value])
				}
			}
		}
		return nil
	})
}

// readStyles finds the styles that show a number as a date.
func (w *workbook) readStyles() error {
	custom := map[string]dateKind{}
	inCells := false
	return w.elements("xl/styles.xml", func(t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "numFmt":
				custom[attribute(e, "numFmtId")] = dateFormat(attribute(e, "formatCode"))
			case "cellXfs":
				inCells = true
			case "xf":
				if !inCells || len(w.dates) >= maxStyleCount {
					return nil
				}
				id := attribute(e, "numFmtId")
				kind, ok := custom[id]
				if !ok {
					kind = builtinDate(id)
				}
				w.dates = append(w.dates, kind)
			}
		case xml.EndElement:
			if e.Name.Local == "cellXfs" {
				inCells = false
			}
		}
		return nil
	})
}

// builtinDate tells which of the formats that need no definition are dates
// (ECMA-376 part 1, 18.8.30).
func builtinDate(id string) dateKind {
	switch n, _ := strconv.Atoi(id); {
	case n >= 14 && n <= 17:
		return dateOnly
	case n >= 18 && n <= 21, n >= 45 && n <= 47:
		return timeOnly
	case n == 22:
		return dateTime
	}
	return noDate
}

// dateFormat tells whether a format shows a date, by the letters outside quotes
// and brackets.
func dateFormat(code string) dateKind {
	day, clock := false, false
	depth, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			quoted = !quoted
		case quoted:
		case code[i] == '\\':
			i++
		case code[i] == '[':
			depth++
		case code[i] == ']':
			depth--
		case depth > 0:
		case c == 'y' || c == 'd':
			day = true
		case c == 'h' || c == 's':
			clock = true
		}
	}
	switch {
	case day && clock:
		return dateTime
	case day:
		return dateOnly
	case clock:
		return timeOnly
	}
	return noDate
}

// readShared reads the texts that cells have in common.
func (w *workbook) readShared() error {
	name := ""
	for p := range w.parts {
		if strings.EqualFold(p, "xl/sharedStrings.xml") {
			name = p
		}
	}
	var text strings.Builder
	inside, silent, size := false, false, 0
	return w.elements(name, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				text.Reset()
			case "t":
				inside = true
			case "rPh":
				silent = true
			}
		case xml.CharData:
			if inside && !silent {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inside = false
			case "rPh":
				silent = false
			case "si":
				w.shared = append(w.shared, text.String())
				if size += text.Len() + 16; size > maxSharedBytes {
					return problem(CodeTooLarge, 0)
				}
			}
		}
		return nil
	})
}

// sheet is the number of the sheet to be read, from 0.
func (w *workbook) sheet(name string) (int, error) {
	if len(w.sheets) == 0 {
		return 0, problem(CodeEmpty, 0)
	}
	if name == "" {
		return 0, nil
	}
	for i, s := range w.sheets {
		if strings.EqualFold(s, name) {
			return i, nil
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(w.sheets) {
		return n - 1, nil
	}
	return 0, problem(CodeSheet, 0, "sheet", name, "count", fmt.Sprint(len(w.sheets)))
}

// errEnough ends the reading of a sample.
var errEnough = errors.New("enough")

func (f *File) sniffWorkbook() error {
	w, err := f.openWorkbook()
	if err != nil {
		return err
	}
	defer w.closer.Close()
	i, err := w.sheet(f.opts.Sheet)
	if err != nil {
		return err
	}
	f.Dialect.Sheet, f.Dialect.Sheets = i+1, len(w.sheets)
	if f.opts.Sheet == "" && len(w.sheets) > 1 {
		f.guessed("sheet")
	}
	var rows [][]string
	err = w.each(w.targets[i], func(row [][]byte) error {
		r := make([]string, len(row))
		for i, c := range row {
			r[i] = string(c)
		}
		rows = append(rows, r)
		if len(rows) == sampleLimit/2 {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if len(rows) == 0 {
		return problem(CodeEmpty, 0)
	}
	// Rows of a sheet end at their last filled cell, so the width is the widest.
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	for i, r := range rows {
		if filled(r)*2 >= width || i > 20 {
			for j := i; j < len(rows); j++ {
				rows[j] = append(rows[j], make([]string, width-len(rows[j]))...)
			}
			break
		}
	}
	if err := f.setHeader(rows); err != nil {
		return err
	}
	f.learn(rows, len(rows) < sampleLimit/2)
	return nil
}

func (f *File) eachWorkbookRow(progress func(int64), fn func([][]byte) error) error {
	w, err := f.openWorkbook()
	if err != nil {
		return err
	}
	defer w.closer.Close()
	n := 0
	return w.each(w.targets[f.Dialect.Sheet-1], func(row [][]byte) error {
		if n++; n%4096 == 0 {
			progress(0)
		}
		return fn(row)
	})
}

// each gives the rows of a sheet that hold something. The cells of a row are
// only valid during the call.
func (w *workbook) each(part string, fn func(row [][]byte) error) error {
	if w.parts[part] == nil {
		return problem(CodeDamaged, 0)
	}
	var row [][]byte
	var text strings.Builder
	column, style, kind := 0, 0, ""
	inside, silent := false, false
	return w.elements(part, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				row, column = row[:0], 0
			case "c":
				column++
				if c := columnOf(attribute(t, "r")); c > 0 {
					column = c
				}
				if column > lastXLSXCol {
					return problem(CodeTooWide, 0, "most", fmt.Sprint(lastXLSXCol))
				}
				kind = attribute(t, "t")
				style, _ = strconv.Atoi(attribute(t, "s"))
				text.Reset()
			case "v", "t":
				inside = true
			case "rPh":
				silent = true
			}
		case xml.CharData:
			if inside && !silent {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				inside = false
			case "rPh":
				silent = false
			case "c":
				if text.Len() == 0 {
					return nil
				}
				for len(row) < column-1 {
					row = append(row, nil)
				}
				row = append(row[:column-1], w.value(text.String(), kind, style))
			case "row":
				if len(row) > 0 {
					return fn(row)
				}
			}
		}
		return nil
	})
}

// columnOf is the number of the column of a reference such as AB12, from 1.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && n <= lastXLSXCol; i++ {
		n = n*26 + int(ref[i]-'A') + 1
	}
	return n
}

func (w *workbook) value(text, kind string, style int) []byte {
	switch kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n >= 0 && n < len(w.shared) {
			return []byte(w.shared[n])
		}
		return nil
	case "b":
		if text == "1" {
			return []byte("true")
		}
		return []byte("false")
	case "", "n":
		if style > 0 && style < len(w.dates) && w.dates[style] != noDate {
			if v, err := strconv.ParseFloat(text, 64); err == nil {
				return []byte(w.moment(v, w.dates[style]))
			}
		}
	}
	return []byte(text)
}

// moment is the text of a number of days. Excel counts a 29 February 1900 that
// never was, so days count from 30 December 1899.
func (w *workbook) moment(days float64, kind dateKind) string {
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if w.days1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if days < 0 || days > 2958466 {
		return strconv.FormatFloat(days, 'f', -1, 64)
	}
	whole := int(days)
	t := start.AddDate(0, 0, whole).Add((time.Duration((days-float64(whole))*86400e9) + time.Millisecond/2).Truncate(time.Millisecond))
	switch {
	case kind == timeOnly:
		return t.Format(time.TimeOnly)
	case kind == dateOnly:
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05")
}
