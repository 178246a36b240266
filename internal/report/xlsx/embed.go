package xlsx

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"puntari/internal/assessment"
	"puntari/internal/spreadsheet"
)

// The assessment is in the workbook twice: as a custom XML part, which Excel and
// LibreOffice keep when they save, and packed in a hidden sheet, for programs that
// drop parts they do not know.
const (
	embedNamespace = "urn:puntari:assessment:1"
	embedGUID      = "{8B0C7E52-6B8F-4D64-9F3E-52D1A6C0E7A1}"
	dataSheet      = "_data"
	// dataChunk is the number of characters of packed data in one cell.
	dataChunk = 30000
)

// ErrNoAssessment means that a workbook holds no embedded assessment.
var ErrNoAssessment = errors.New("xlsx: the workbook holds no assessment")

// encode writes the assessment as the JSON that is embedded. Go sorts the keys
// of maps, so the same assessment gives the same bytes.
func encode(a *assessment.Assessment) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(a); err != nil {
		return nil, fmt.Errorf("assessment: %w", err)
	}
	// XML has no place for these two characters; JSON can write them otherwise.
	out := bytes.ReplaceAll(bytes.TrimSuffix(b.Bytes(), []byte("\n")), []byte("\ufffe"), []byte(`\ufffe`))
	return bytes.ReplaceAll(out, []byte("\uffff"), []byte(`\uffff`)), nil
}

// addCustomXML adds the JSON as a custom XML part of the workbook.
func addCustomXML(parts map[string][]byte, data []byte) error {
	var x bytes.Buffer
	x.WriteString(spreadsheet.Head + `<assessment xmlns="` + embedNamespace + `" encoding="json"><![CDATA[`)
	x.Write(bytes.ReplaceAll(data, []byte("]]>"), []byte("]]]]><![CDATA[>")))
	x.WriteString(`]]></assessment>`)
	parts["customXml/item1.xml"] = x.Bytes()
	parts["customXml/itemProps1.xml"] = []byte(`<?xml version="1.0" encoding="UTF-8" standalone="no"?>` + "\n" +
		`<ds:datastoreItem ds:itemID="` + embedGUID + `" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="` + embedNamespace + `"/></ds:schemaRefs></ds:datastoreItem>`)
	parts["customXml/_rels/item1.xml.rels"] = []byte(spreadsheet.Head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps" Target="itemProps1.xml"/></Relationships>`)
	for _, ins := range []struct{ part, before, text string }{
		{"xl/_rels/workbook.xml.rels", "</Relationships>", `<Relationship Id="rIdAssessment" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml" Target="../customXml/item1.xml"/>`},
		{"[Content_Types].xml", "</Types>", `<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>`},
	} {
		if err := insert(parts, ins.part, ins.before, []byte(ins.text)); err != nil {
			return err
		}
	}
	return nil
}

// packedSheet is the hidden sheet with the packed assessment.
func packedSheet(data []byte) (hiddenSheet, error) {
	packed, err := gzipped(data)
	if err != nil {
		return hiddenSheet{}, err
	}
	s := base64.StdEncoding.EncodeToString(packed)
	col := []string{"puntari-assessment gzip base64"}
	for s != "" {
		n := min(dataChunk, len(s))
		col = append(col, s[:n])
		s = s[n:]
	}
	return hiddenSheet{name: dataSheet, columns: [][]string{col}}, nil
}

// gzipped packs data as the parts of the package are; a new compressor of the standard
// library takes more than a megabyte.
func gzipped(data []byte) ([]byte, error) {
	packed, err := spreadsheet.Deflate(data)
	if err != nil {
		return nil, err
	}
	out := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff} // no name, no time
	out = append(out, packed...)
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(data))
	return binary.LittleEndian.AppendUint32(out, uint32(len(data))), nil
}

// unpack reads the text of the hidden sheet back.
func unpack(packed string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(packed)
	if err != nil {
		return nil, fmt.Errorf("xlsx: the hidden sheet: %w", err)
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("xlsx: the hidden sheet: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(z, maxPart+1))
	if err != nil {
		return nil, fmt.Errorf("xlsx: the hidden sheet: %w", err)
	}
	if len(data) > maxPart {
		return nil, fmt.Errorf("xlsx: the hidden sheet: %w", spreadsheet.ErrTooLarge)
	}
	return data, nil
}

// customXML returns the assessment in a custom XML part, or nil when the part is
// another one. The root element tells, because programs that save the workbook
// rename parts and move relationships.
func customXML(r io.Reader) ([]byte, error) {
	d := xml.NewDecoder(r)
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Space != embedNamespace || start.Name.Local != "assessment" {
			return nil, nil
		}
		var text string
		if err := d.DecodeElement(&text, &start); err != nil {
			return nil, err
		}
		return []byte(text), nil
	}
}
