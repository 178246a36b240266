package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"puntari/internal/spreadsheet"

	"github.com/xuri/excelize/v2"
)

// limits are those of a workbook that comes back from people. A report has about 40
// parts and less than a megabyte.
var limits = spreadsheet.Limits{File: 32 << 20, Part: maxPart, Total: maxTotal, Parts: 400, Ratio: 400}

const (
	maxPart  = 24 << 20
	maxTotal = 64 << 20
)

// Input is something that a reviewer wrote.
type Input struct {
	// Name is the defined name of the cell: "in_RISK_PER_01_comment".
	Name  string
	Value string
	// Code is the code of a value that was chosen from a list: "agree".
	Code string
}

// inputPrefixes are the beginnings of the names of cells that people fill in.
var inputPrefixes = []string{"in_", "sign_", "decision_", "read_", "change_", "record_", "log_"}

// HasInput tells whether reviewers have written anything into a workbook, so that
// it must not be overwritten. A file that is not a report is an error.
func HasInput(r io.ReaderAt, size int64) (bool, error) {
	in, err := Inputs(r, size)
	return len(in) > 0, err
}

// Inputs returns what reviewers wrote, in the order of the names. Cells are found
// by their defined names, so it does not matter whether rows were sorted or which
// program saved the file.
func Inputs(r io.ReaderAt, size int64) ([]Input, error) {
	var in []Input
	err := open(r, size, func(f *excelize.File) error {
		codes, err := listCodes(f)
		if err != nil {
			return err
		}
		for _, d := range f.GetDefinedName() {
			if !slices.ContainsFunc(inputPrefixes, func(p string) bool { return strings.HasPrefix(d.Name, p) }) {
				continue
			}
			sheet, ref, ok := strings.Cut(d.RefersTo, "!")
			if !ok {
				continue
			}
			sheet = strings.ReplaceAll(strings.Trim(strings.TrimPrefix(sheet, "$"), "'"), "''", "'")
			v, err := f.GetCellValue(sheet, strings.ReplaceAll(ref, "$", ""), excelize.Options{RawCellValue: true})
			if err != nil {
				return fmt.Errorf("xlsx: %s: %w", d.Name, err)
			}
			if v = strings.TrimSpace(v); v != "" {
				in = append(in, Input{Name: d.Name, Value: v, Code: codes[v]})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(in, func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	return in, nil
}

// listCodes reads the codes of labels from the hidden lists of the same file, so
// that workbooks of all languages read alike.
func listCodes(f *excelize.File) (map[string]string, error) {
	codes := map[string]string{}
	i, err := f.GetSheetIndex(listSheet)
	if err != nil {
		return nil, err
	}
	if i < 0 {
		return codes, nil // a file without lists has no labels to look up
	}
	rows, err := f.GetRows(listSheet)
	if err != nil {
		return nil, fmt.Errorf("xlsx: sheet %s: %w", listSheet, err)
	}
	for _, r := range rows {
		for i := 0; i+1 < len(r); i += 2 {
			if r[i] != "" {
				codes[r[i]] = r[i+1]
			}
		}
	}
	return codes, nil
}

// Embedded returns the assessment in a workbook as JSON.
func Embedded(r io.ReaderAt, size int64) (data []byte, err error) {
	z, err := check(r, size)
	if err != nil {
		return nil, err
	}
	for _, e := range z.File {
		if !strings.HasPrefix(e.Name, "customXml/") || !strings.HasSuffix(e.Name, ".xml") {
			continue
		}
		part, err := e.Open()
		if err != nil {
			return nil, fmt.Errorf("xlsx: %s: %w", e.Name, err)
		}
		data, err := customXML(io.LimitReader(part, maxPart))
		part.Close()
		if err == nil && json.Valid(data) {
			return data, nil
		}
	}
	err = open(r, size, func(f *excelize.File) error {
		if i, err := f.GetSheetIndex(dataSheet); err != nil || i < 0 {
			return ErrNoAssessment
		}
		rows, err := f.GetRows(dataSheet)
		if err != nil || len(rows) < 2 {
			return ErrNoAssessment
		}
		var packed strings.Builder
		for _, r := range rows[1:] {
			if len(r) > 0 {
				packed.WriteString(r[0])
			}
		}
		if data, err = unpack(packed.String()); err == nil && !json.Valid(data) {
			err = ErrNoAssessment
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return data, nil
}

// check looks at the directory of a file before anything is unpacked.
func check(r io.ReaderAt, size int64) (*zip.Reader, error) {
	z, err := limits.Open(r, size)
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml"} {
		if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == name }) {
			return nil, fmt.Errorf("xlsx: %w: it has no %s", spreadsheet.ErrNotWorkbook, name)
		}
	}
	return z, nil
}

// open opens a workbook with limits and calls read with it. excelize has panicked on
// crafted files before; that is an error of the file.
func open(r io.ReaderAt, size int64, read func(*excelize.File) error) (err error) {
	if _, err := check(r, size); err != nil {
		return err
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), data); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("xlsx: the workbook cannot be read: %v", p)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxTotal, UnzipXMLSizeLimit: maxPart})
	if err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	defer f.Close()
	return read(f)
}
