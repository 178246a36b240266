package workbook

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"puntari/internal/spreadsheet"
)

// limits are those of a workbook that comes from people. A filled form has about 20
// parts and less than a megabyte.
var limits = spreadsheet.Limits{File: MaxFile, Part: maxPart, Total: maxTotal, Parts: maxEntries, Ratio: 200}

const (
	// MaxFile is the size of the largest file that is opened.
	MaxFile    = 8 << 20
	maxEntries = 300
	maxPart    = 12 << 20
	maxTotal   = 40 << 20
	maxSheets  = 200
	maxNames   = 5000
	maxCells   = 200_000
)

// What can be wrong with a file as a whole.
var (
	ErrTooLarge     = spreadsheet.ErrTooLarge
	ErrNotWorkbook  = spreadsheet.ErrNotWorkbook
	ErrOpenDocument = errors.New("an OpenDocument file")
)

// File is a workbook that has been opened. Nothing but its directory, its sheet
// names and its defined names has been read.
type File struct {
	parts  map[string]*zip.File
	sheets map[string]string // part by the name of the sheet
	names  map[string]string // reference by defined name
	// Days1904 tells that days are counted from 1904, as on old Macs.
	Days1904 bool
}

// Open opens a workbook of at most some megabytes. It looks at the directory of
// the package before anything is unpacked.
func Open(r io.ReaderAt, size int64) (*File, error) {
	z, err := limits.Open(r, size)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	f := &File{parts: map[string]*zip.File{}, sheets: map[string]string{}, names: map[string]string{}}
	for _, e := range z.File {
		f.parts[e.Name] = e
	}
	if f.parts["xl/workbook.xml"] == nil {
		if f.parts["content.xml"] != nil && f.parts["mimetype"] != nil {
			return nil, ErrOpenDocument
		}
		return nil, ErrNotWorkbook
	}
	targets, err := f.relationships()
	if err != nil {
		return nil, err
	}
	return f, f.workbook(targets)
}

// tokens reads the elements of a part one after the other, with the names as
// they stand without their prefix, until fn says stop.
func (f *File) tokens(name string, fn func(xml.Token) (more bool)) error {
	e := f.parts[name]
	if e == nil {
		return nil
	}
	r, err := e.Open()
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrNotWorkbook, name, err)
	}
	defer r.Close()
	d := xml.NewDecoder(io.LimitReader(r, maxPart))
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %s: %w", ErrNotWorkbook, name, err)
		}
		if !fn(t) {
			return nil
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

// relationships are the parts of the sheets, by their ids in the workbook.
func (f *File) relationships() (map[string]string, error) {
	targets := map[string]string{}
	err := f.tokens("xl/_rels/workbook.xml.rels", func(t xml.Token) bool {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && attribute(e, "TargetMode") != "External" {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[attribute(e, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return len(targets) <= 2*maxSheets
	})
	return targets, err
}

// workbook reads the sheets and the defined names. Names that belong to one
// sheet only come from copies of sheets and are passed over.
func (f *File) workbook(targets map[string]string) error {
	name, ref, tooMany := "", "", false
	err := f.tokens("xl/workbook.xml", func(t xml.Token) bool {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "workbookPr":
				v := attribute(t, "date1904")
				f.Days1904 = v == "1" || v == "true"
			case "sheet":
				id := ""
				for _, a := range t.Attr {
					if a.Name.Local == "id" && a.Name.Space != "" {
						id = a.Value
					}
				}
				f.sheets[attribute(t, "name")] = targets[id]
			case "definedName":
				name, ref = "", ""
				if attribute(t, "localSheetId") == "" {
					name = attribute(t, "name")
				}
			}
		case xml.CharData:
			if name != "" {
				ref += string(t)
			}
		case xml.EndElement:
			if t.Name.Local == "definedName" && name != "" {
				f.names[name] = ref
				name = ""
			}
		}
		tooMany = len(f.sheets) > maxSheets || len(f.names) > maxNames || len(ref) > 1<<16
		return !tooMany
	})
	if tooMany {
		return ErrTooLarge
	}
	return err
}
