package portfolio

import (
	"archive/zip"
	"io"
	"strings"
	"time"

	"puntari/internal/spreadsheet"
)

// frame is what the workbook says of itself and its sheets. There is no clock: it
// is of the last day of the assessments.
func (b *book) frame() *spreadsheet.Frame {
	f := &spreadsheet.Frame{
		Code:       "portfolio",
		Properties: spreadsheet.Properties{Title: b.t("title"), Creator: b.organisation(), Category: category, Language: b.o.Lang},
	}
	if day, err := time.Parse(time.DateOnly, b.totals.LastDay); err == nil {
		f.Day = day
	}
	for i := range b.sheets {
		s := &b.sheets[i]
		f.Sheets = append(f.Sheets, spreadsheet.Sheet{Name: s.name})
		f.Names = append(f.Names, s.names(i+1)...)
	}
	return f
}

// category marks the document as a portfolio of Puntari.
const category = "puntari-portfolio/1"

// Is tells whether a file is a portfolio that this package has written.
func Is(r io.ReaderAt, size int64) bool {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return false
	}
	f, err := z.Open("docProps/core.xml")
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read from
	data, err := io.ReadAll(io.LimitReader(f, 1<<16))
	return err == nil && strings.Contains(string(data), ">"+category+"<")
}
