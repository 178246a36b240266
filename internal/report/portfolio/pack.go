package portfolio

import (
	"archive/zip"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"puntari/internal/spreadsheet"

	"github.com/klauspost/compress/flate"
)

const partNS = "application/vnd.openxmlformats-officedocument.spreadsheetml."

// deflateLevel trades a few per cent of size for half of the time.
const deflateLevel = 5

// pack is the package that a workbook is. Parts have a fixed order and date, so
// the same workbook is the same bytes.
type pack struct{ z *zip.Writer }

func newPack(w io.Writer) *pack {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, deflateLevel) })
	return &pack{z}
}

// part begins a part; the one before it is done.
func (p *pack) part(name string) (io.Writer, error) {
	return p.z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}) // as Excel writes
}

func (p *pack) write(name string, data []byte) error {
	w, err := p.part(name)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

func (p *pack) close() error { return p.z.Close() }

// frame writes the parts that say what the others are.
func (b *book) frame(p *pack) error {
	var types, sheets, rels, names strings.Builder
	for i := range b.sheets {
		n := strconv.Itoa(i + 1)
		s := &b.sheets[i]
		types.WriteString(`<Override PartName="/xl/worksheets/sheet` + n + `.xml" ContentType="` + partNS + `worksheet+xml"/>`)
		sheets.WriteString(`<sheet name="` + spreadsheet.Escape(s.name) + `" sheetId="` + n + `" r:id="rId` + n + `"/>`)
		rels.WriteString(`<Relationship Id="rId` + n + `" Type="` + spreadsheet.Relations + `/worksheet" Target="worksheets/sheet` + n + `.xml"/>`)
		names.WriteString(s.names(i))
	}
	last := strconv.Itoa(len(b.sheets) + 1)
	parts := []struct{ name, xml string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/xl/styles.xml" ContentType="` + partNS + `styles+xml"/><Override PartName="/xl/workbook.xml" ContentType="` + partNS + `sheet.main+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + spreadsheet.Relations + `/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="` + spreadsheet.Relations + `/extended-properties" Target="docProps/app.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + spreadsheet.Main + `" xmlns:r="` + spreadsheet.Relations + `"><workbookPr codeName="portfolio"/><bookViews><workbookView activeTab="0" tabRatio="800"/></bookViews><sheets>` + sheets.String() + `</sheets><definedNames>` + names.String() + `</definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels.String() + `<Relationship Id="rId` + last + `" Type="` + spreadsheet.Relations + `/styles" Target="styles.xml"/></Relationships>`},
	}
	for _, x := range parts {
		if err := p.write(x.name, []byte(spreadsheet.Head+x.xml)); err != nil {
			return fmt.Errorf("%s: %w", x.name, err)
		}
	}
	return nil
}

// properties writes what the document says of itself. There is no clock: it is
// of the last day of the assessments.
func (b *book) properties(p *pack) error {
	day := b.totals.LastDay
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		day = "1980-01-01"
	}
	const dates = ` xsi:type="dcterms:W3CDTF">`
	core := `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + spreadsheet.Escape(b.t("title")) + `</dc:title><dc:creator>` + spreadsheet.Escape(b.o.Organisation) + `</dc:creator><cp:category>` + category + `</cp:category><dc:language>` + b.o.Lang + `</dc:language>` +
		`<dcterms:created` + dates + day + `T00:00:00Z</dcterms:created><dcterms:modified` + dates + day + `T00:00:00Z</dcterms:modified></cp:coreProperties>`
	if err := p.write("docProps/core.xml", []byte(spreadsheet.Head+core)); err != nil {
		return err
	}
	return p.write("docProps/app.xml", []byte(spreadsheet.Head+`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>`))
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
