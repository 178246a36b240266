package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"puntari/internal/spreadsheet"
)

// finisher takes the parts of a workbook from excelize and writes a package that
// is the same for the same input. excelize gives streamed sheets and content
// types in the random order of a map and dates of 1980-00-00.
type finisher struct {
	w        io.Writer
	styles   []byte
	data     [][]byte // the rows of the sheets in their order
	names    []byte   // the defined names
	charts   [][]byte
	drawings [][]byte
	json     []byte
	custom   []property
	parts    map[string]*bytes.Buffer
}

// Create collects a part.
func (p *finisher) Create(name string) (io.Writer, error) {
	if p.parts == nil {
		p.parts = map[string]*bytes.Buffer{}
	}
	b := new(bytes.Buffer)
	p.parts[name] = b
	return b, nil
}

// AddFS is part of excelize.ZipWriter and not used.
func (p *finisher) AddFS(fs.FS) error { return errors.New("xlsx: a workbook has no folders to add") }

// Close is called when excelize has written all parts.
func (p *finisher) Close() error { return nil }

// flush edits the parts and writes the package.
func (p *finisher) flush() error {
	parts := make(map[string][]byte, len(p.parts)+4)
	for name, b := range p.parts {
		data := b.Bytes()
		parts[name] = data
	}
	for i, data := range p.data {
		name := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		part, err := finishSheet(parts[name], data)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		parts[name] = part
	}
	var err error
	if parts["xl/workbook.xml"], err = plainRoot(parts["xl/workbook.xml"], "workbook"); err != nil {
		return err
	}
	if err := insert(parts, "xl/workbook.xml", "</definedNames>", p.names); err != nil {
		return err
	}
	parts["xl/styles.xml"] = p.styles
	if len(p.custom) > 0 {
		parts["docProps/custom.xml"] = customPart(p.custom)
	}
	for i, c := range p.charts {
		parts[fmt.Sprintf("xl/charts/chart%d.xml", i+1)] = c
		parts[fmt.Sprintf("xl/drawings/drawing%d.xml", i+1)] = p.drawings[i]
	}
	if p.json != nil {
		if err := addCustomXML(parts, p.json); err != nil {
			return err
		}
	}
	sortContentTypes(parts)
	prefixCore(parts)
	return writePackage(p.w, parts)
}

// customPart writes the custom properties of the document; one without a value is
// left out.
func customPart(properties []property) []byte {
	var b bytes.Buffer
	b.WriteString(spreadsheet.Head + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`)
	pid := 2
	for _, p := range properties {
		if p.value == "" {
			continue
		}
		// Excel shows at most 255 characters.
		fmt.Fprintf(&b, `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="%s"><vt:lpwstr>%s</vt:lpwstr></property>`, pid, spreadsheet.Escape(p.name), spreadsheet.Escape(spreadsheet.Cut(p.value, 255)))
		pid++
	}
	b.WriteString(`</Properties>`)
	return b.Bytes()
}

// finishSheet puts the rows into a sheet, and mends the prefix of relationships,
// which some readers expect to be r.
func finishSheet(part, data []byte) ([]byte, error) {
	const empty = "<sheetData></sheetData>"
	part, err := plainRoot(part, "worksheet")
	if err != nil {
		return nil, err
	}
	head, tail, ok := bytes.Cut(part, []byte(empty))
	if !ok {
		return nil, errors.New("there is no place for the rows")
	}
	tail = bytes.ReplaceAll(tail, []byte(` xmlns:relationships="http://schemas.openxmlformats.org/officeDocument/2006/relationships" relationships:id=`), []byte(` r:id=`))
	return slices.Concat(head, data, tail), nil
}

// plainRoot leaves the namespaces that a part needs on its root. excelize declares
// sixty on every streamed sheet, four kilobytes each.
func plainRoot(part []byte, name string) ([]byte, error) {
	i := bytes.Index(part, []byte("<"+name+" "))
	if i < 0 {
		return nil, fmt.Errorf("there is no %s", name)
	}
	j := bytes.IndexByte(part[i:], '>')
	if j < 0 {
		return nil, fmt.Errorf("the root %s does not end", name)
	}
	root := "<" + name + ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`
	return slices.Concat([]byte(spreadsheet.Head+root), part[i+j+1:]), nil
}

// insert puts a text before the last place where before stands in a part.
func insert(parts map[string][]byte, part, before string, text []byte) error {
	b := parts[part]
	i := bytes.LastIndex(b, []byte(before))
	if i < 0 {
		return fmt.Errorf("%s has no %s", part, before)
	}
	parts[part] = slices.Concat(b[:i], text, b[i:])
	return nil
}

// sortContentTypes puts the content types in a fixed order; excelize adds the
// types of images in the order of a map.
func sortContentTypes(parts map[string][]byte) {
	const name = "[Content_Types].xml"
	b := string(parts[name])
	i, j := strings.Index(b, "<Types"), strings.LastIndex(b, "</Types>")
	if i < 0 || j < i {
		return
	}
	k := i + strings.IndexByte(b[i:], '>') + 1
	body := strings.NewReplacer("></Default>", "/>", "></Override>", "/>").Replace(b[k:j])
	types := strings.SplitAfter(body, "/>")
	slices.Sort(types)
	types = slices.Compact(types)
	parts[name] = []byte(b[:k] + strings.Join(types, "") + b[j:])
}

// prefixCore writes the core properties with the usual prefix; excelize uses a
// default namespace, on which readers that look for cp: fail.
func prefixCore(parts map[string][]byte) {
	const name = "docProps/core.xml"
	s := string(parts[name])
	s = strings.Replace(s, `<coreProperties xmlns="`, `<cp:coreProperties xmlns:cp="`, 1)
	var pairs []string
	for _, tag := range []string{"coreProperties", "keywords", "lastModifiedBy", "revision", "contentStatus", "category", "version", "lastPrinted"} {
		pairs = append(pairs, "<"+tag+">", "<cp:"+tag+">", "</"+tag+">", "</cp:"+tag+">")
	}
	parts[name] = []byte(strings.NewReplacer(pairs...).Replace(s))
}

// rank is the place of a kind of part in the package. Programs that look at a
// file to tell its type expect a part of the workbook in third place.
func rank(name string) int {
	switch {
	case name == "[Content_Types].xml":
		return 0
	case name == "_rels/.rels":
		return 1
	case name == "xl/workbook.xml":
		return 2
	case name == "xl/_rels/workbook.xml.rels":
		return 3
	case strings.HasPrefix(name, "xl/"):
		return 4
	case strings.HasPrefix(name, "docProps/"):
		return 5
	}
	return 6
}

// natural is a name by which sheet2 sorts before sheet10.
func natural(name string) string {
	i := strings.LastIndexByte(name, '.')
	j := i
	for j > 0 && name[j-1] >= '0' && name[j-1] <= '9' {
		j--
	}
	if i <= j {
		return name
	}
	return name[:j] + strings.Repeat("0", max(0, 8-(i-j))) + name[j:]
}

// writePackage writes parts in a fixed order.
func writePackage(w io.Writer, parts map[string][]byte) error {
	names := make([]string, 0, len(parts))
	for n := range parts {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(natural(a), natural(b))
	})
	p := spreadsheet.NewPackage(w)
	for _, n := range names {
		if err := p.Write(n, parts[n]); err != nil {
			return err
		}
	}
	return p.Close()
}
