package spreadsheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/flate"
)

// Package writes the package of parts that a workbook is. Parts have the order in
// which they come and a fixed date, so the same parts are the same bytes.
type Package struct{ z *zip.Writer }

// NewPackage returns a package that is written to w.
func NewPackage(w io.Writer) *Package {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return newDeflater(w) })
	return &Package{z}
}

// header is the header of a part, with the date that Excel writes: 1980-01-01.
// Modified would add a field of its own.
func header(name string) *zip.FileHeader {
	return &zip.FileHeader{Name: name, Method: zip.Deflate, ModifiedDate: 0x0021} //nolint:staticcheck // see above
}

// Part begins a part that is written as it comes; the one before it is done.
func (p *Package) Part(name string) (io.Writer, error) {
	w, err := p.z.CreateHeader(header(name))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return w, nil
}

// Write writes a whole part, with its sizes before the data, so that it can be
// read as it comes.
func (p *Package) Write(name string, data []byte) error {
	packed, err := Deflate(data)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	h := header(name)
	h.CRC32, h.UncompressedSize64, h.CompressedSize64 = crc32.ChecksumIEEE(data), uint64(len(data)), uint64(len(packed))
	w, err := p.z.CreateRaw(h)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if _, err := w.Write(packed); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// Close writes the directory of the parts.
func (p *Package) Close() error { return p.z.Close() }

// deflateLevel trades a few per cent of size for half of the time.
const deflateLevel = 5

// deflaters are used again, because a new one takes more memory than a report.
var deflaters = sync.Pool{}

// deflater compresses with klauspost/compress, which takes less than half of the
// time of the standard library for the same size (measured by the benchmarks of
// the reports).
type deflater struct{ *flate.Writer }

func newDeflater(w io.Writer) (deflater, error) {
	if fw, ok := deflaters.Get().(*flate.Writer); ok {
		fw.Reset(w)
		return deflater{fw}, nil
	}
	fw, err := flate.NewWriter(w, deflateLevel)
	return deflater{fw}, err
}

// Close ends the data and gives the compressor back.
func (d deflater) Close() error {
	err := d.Writer.Close()
	if err == nil {
		deflaters.Put(d.Writer)
	}
	return err
}

// Deflate compresses data as the parts of a package are, without any header.
func Deflate(raw []byte) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(raw)/4 + 64)
	d, err := newDeflater(&out)
	if err != nil {
		return nil, err
	}
	if _, err := d.Write(raw); err != nil {
		return nil, err
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Frame is all of a workbook but its sheets and styles: which parts there are, and
// what the document says of itself.
type Frame struct {
	Sheets []Sheet
	// Names are the defined names; Excel wants them in alphabetical order.
	Names []Name
	// Calculate lets programs work out all formulas when they open the workbook.
	Calculate bool
	// Code is the name of the workbook for macros, "" for none.
	Code string
	Properties
}

// Sheet is a sheet by its name.
type Sheet struct {
	Name   string
	Hidden bool
}

// Name is a defined name.
type Name struct {
	Name, Ref string
	// Sheet is the number of the sheet that the name belongs to, counted from 1; 0
	// means the whole workbook.
	Sheet  int
	Hidden bool
}

// Names that programs look for.
const (
	PrintArea   = "_xlnm.Print_Area"
	PrintTitles = "_xlnm.Print_Titles"
	FilterRange = "_xlnm._FilterDatabase"
)

// Properties are what a document says of itself. Those without a value are left
// out.
type Properties struct {
	Title, Creator, Category, Language string
	// Day is when it was made. There is no clock: without it, it has no date.
	Day time.Time
}

// Application is the program that a document names as the one that wrote it.
const Application = "Puntari"

// SheetPart is the name of the part of a sheet, counted from 1.
func SheetPart(n int) string { return "xl/worksheets/sheet" + strconv.Itoa(n) + ".xml" }

// StylesPart is the name of the part of the styles.
const StylesPart = "xl/styles.xml"

// The content types and the kinds of relationships begin with these.
const (
	contents = "application/vnd.openxmlformats-"
	packages = "http://schemas.openxmlformats.org/package/2006/"
)

// Write writes the parts of the frame. Programs that look at a file to tell its
// type expect a part of the workbook in third place.
func (f *Frame) Write(p *Package) error {
	for _, x := range []struct {
		name string
		data []byte
	}{
		{"[Content_Types].xml", f.types()},
		{"_rels/.rels", relationships([]relation{
			{Relations + "/officeDocument", "xl/workbook.xml"}, {packages + "relationships/metadata/core-properties", "docProps/core.xml"}, {Relations + "/extended-properties", "docProps/app.xml"},
		})},
		{"xl/workbook.xml", f.workbook()},
		{"xl/_rels/workbook.xml.rels", f.relationships()},
		{"docProps/app.xml", []byte(Head + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>` + Application + `</Application></Properties>`)},
		{"docProps/core.xml", f.core()},
	} {
		if err := p.Write(x.name, x.data); err != nil {
			return err
		}
	}
	return nil
}

func (f *Frame) types() []byte {
	b := []byte(Head + `<Types xmlns="` + packages + `content-types"><Default Extension="rels" ContentType="` + contents + `package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	add := func(name, kind string) {
		b = append(b, `<Override PartName="/`+name+`" ContentType="`+contents+kind+`+xml"/>`...)
	}
	add("xl/workbook.xml", "officedocument.spreadsheetml.sheet.main")
	add(StylesPart, "officedocument.spreadsheetml.styles")
	for i := range f.Sheets {
		add(SheetPart(i+1), "officedocument.spreadsheetml.worksheet")
	}
	add("docProps/core.xml", "package.core-properties")
	add("docProps/app.xml", "officedocument.extended-properties")
	return append(b, `</Types>`...)
}

// relation is a part that another refers to, by its kind.
type relation struct{ kind, target string }

func relationships(list []relation) []byte {
	b := []byte(Head + `<Relationships xmlns="` + packages + `relationships">`)
	for i, r := range list {
		b = fmt.Appendf(b, `<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i+1, r.kind, r.target)
	}
	return append(b, `</Relationships>`...)
}

func (f *Frame) relationships() []byte {
	var list []relation
	for i := range f.Sheets {
		list = append(list, relation{Relations + "/worksheet", beside(SheetPart(i + 1))})
	}
	return relationships(append(list, relation{Relations + "/styles", beside(StylesPart)}))
}

// beside is the name of a part as the workbook refers to it: readers there are take
// no other than those of Excel's form.
func beside(part string) string { return strings.TrimPrefix(part, "xl/") }

func (f *Frame) workbook() []byte {
	b := []byte(Head + `<workbook xmlns="` + Main + `" xmlns:r="` + Relations + `"><workbookPr`)
	if f.Code != "" {
		b = append(b, ` codeName="`+Escape(f.Code)+`"`...)
	}
	b = append(b, `/><bookViews><workbookView activeTab="0" tabRatio="800"/></bookViews><sheets>`...)
	for i, s := range f.Sheets {
		b = append(b, `<sheet name="`...)
		b = AppendText(b, s.Name)
		b = fmt.Appendf(b, `" sheetId="%d"`, i+1)
		if s.Hidden {
			b = append(b, ` state="hidden"`...)
		}
		b = fmt.Appendf(b, ` r:id="rId%d"/>`, i+1)
	}
	b = append(b, `</sheets>`...)
	if len(f.Names) > 0 {
		b = append(b, `<definedNames>`...)
		for _, n := range slices.SortedStableFunc(slices.Values(f.Names), func(x, y Name) int {
			return strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name))
		}) {
			b = n.append(b)
		}
		b = append(b, `</definedNames>`...)
	}
	if f.Calculate {
		b = append(b, `<calcPr fullCalcOnLoad="1"/>`...)
	}
	return append(b, `</workbook>`...)
}

func (n Name) append(b []byte) []byte {
	b = append(b, `<definedName name="`...)
	b = AppendText(b, n.Name)
	if n.Sheet > 0 {
		b = fmt.Appendf(b, `" localSheetId="%d`, n.Sheet-1)
	}
	if n.Hidden {
		b = append(b, `" hidden="1`...)
	}
	b = append(b, `">`...)
	b = AppendText(b, n.Ref)
	return append(b, `</definedName>`...)
}

func (p *Properties) core() []byte {
	b := []byte(Head + `<cp:coreProperties xmlns:cp="` + packages + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	add := func(tag, value string) {
		if value != "" {
			b = append(b, "<"+tag+">"...)
			b = AppendText(b, value)
			b = append(b, "</"+tag+">"...)
		}
	}
	add("dc:title", p.Title)
	add("dc:creator", p.Creator)
	add("cp:category", p.Category)
	add("dc:language", p.Language)
	if !p.Day.IsZero() {
		for _, tag := range []string{"dcterms:created", "dcterms:modified"} {
			b = append(b, "<"+tag+` xsi:type="dcterms:W3CDTF">`+p.Day.UTC().Format(time.RFC3339)+"</"+tag+">"...)
		}
	}
	return append(b, `</cp:coreProperties>`...)
}
