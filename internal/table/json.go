package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// jsonLayout says where the values of records go.
type jsonLayout struct {
	index map[string]int
}

// The columns of the geometry of a GeoJSON feature.
const (
	geometryType = "geometry.type"
	geometryX    = "geometry.x"
	geometryY    = "geometry.y"
)

// sniffJSON reads the whole file once for the names of all columns, since any
// record may bring a new one.
func (f *File) sniffJSON() error {
	f.Dialect.Encoding = "utf-8"
	f.Dialect.Header = true
	l := &jsonLayout{index: map[string]int{}}
	f.json = l
	err := f.eachObject(func(int64) {}, func(raw json.RawMessage) error {
		return flatten(raw, f.Dialect.Format == GeoJSON, func(name string, _ []byte) error {
			if _, ok := l.index[name]; !ok {
				if len(f.Columns) >= maxColumns {
					return problem(CodeTooWide, 0, "most", "16384")
				}
				l.index[name] = len(f.Columns)
				f.Columns = append(f.Columns, name)
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	if len(f.Columns) == 0 {
		return problem(CodeEmpty, 0)
	}
	for i, c := range f.Columns {
		f.Columns[i] = clean(c)
	}
	return nil
}

// eachRecord gives the records as rows.
func (f *File) eachRecord(progress func(int64), fn func([][]byte) error) error {
	row := make([][]byte, len(f.Columns))
	return f.eachObject(progress, func(raw json.RawMessage) error {
		if err := f.json.fill(row, raw, f.Dialect.Format == GeoJSON); err != nil {
			return err
		}
		return fn(row)
	})
}

func (l *jsonLayout) fill(row [][]byte, raw json.RawMessage, feature bool) error {
	for i := range row {
		row[i] = row[i][:0]
	}
	return flatten(raw, feature, func(name string, text []byte) error {
		i, ok := l.index[name]
		if !ok {
			return problem(CodeChanged, 0)
		}
		if len(row[i]) > 0 {
			row[i] = append(row[i], "; "...)
		}
		row[i] = append(row[i], text...)
		return nil
	})
}

// eachObject gives the records of the file one after the other.
func (f *File) eachObject(progress func(int64), fn func(json.RawMessage) error) error {
	r, close, err := f.reader(progress)
	if err != nil {
		return err
	}
	defer close()
	if f.Dialect.Format == NDJSON {
		return eachLine(r, fn)
	}
	d := json.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	if err := toRecords(d, f.Dialect.Format == GeoJSON); err != nil {
		return err
	}
	n := int64(0)
	for d.More() {
		n++
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return problem(CodeRecord, n)
		}
		if len(raw) > maxRecord {
			return problem(CodeLongRow, n)
		}
		if err := fn(raw); err != nil {
			return recordAt(err, n)
		}
	}
	if _, err := d.Token(); err != nil {
		return problem(CodeRecord, n)
	}
	return nil
}

func recordAt(err error, n int64) error {
	var p *Problem
	if errors.As(err, &p) && p.Line == 0 && p.Code == CodeRecord {
		p.Line = n
	}
	return err
}

// toRecords goes to the first record: of the list, or of the features.
func toRecords(d *json.Decoder, features bool) error {
	t, err := d.Token()
	if err != nil {
		return problem(CodeRecord, 1)
	}
	if !features {
		if t != json.Delim('[') {
			return problem(CodeFormat, 0)
		}
		return nil
	}
	if t != json.Delim('{') {
		return problem(CodeFormat, 0)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return problem(CodeRecord, 1)
		}
		if key == "features" {
			if t, err := d.Token(); err != nil || t != json.Delim('[') {
				return problem(CodeRecord, 1)
			}
			return nil
		}
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return problem(CodeRecord, 1)
		}
	}
	return problem(CodeEmpty, 0)
}

// eachLine gives the lines that hold something.
func eachLine(r io.Reader, fn func(json.RawMessage) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<16), maxRecord)
	n := int64(0)
	for sc.Scan() {
		n++
		line := bytes.TrimSpace(sc.Bytes())
		if len(line) == 0 {
			continue
		}
		if err := fn(line); err != nil {
			return recordAt(err, n)
		}
	}
	if errors.Is(sc.Err(), bufio.ErrTooLong) {
		return problem(CodeLongRow, n+1)
	}
	if sc.Err() != nil {
		return damaged(sc.Err(), n+1)
	}
	return nil
}

// cutLines finds where the last whole line ends.
func (s *scan) cutLines(b []byte, last bool) (int, error) {
	if last {
		return len(b), nil
	}
	return bytes.LastIndexByte(b, '\n') + 1, nil
}

// parseLines parses the lines of a block of NDJSON.
func (s *scan) parseLines(b *Block) error {
	text := bytes.Clone(b.text)
	b.text = b.text[:0]
	b.reset(len(s.f.Columns), b.lines+1)
	row := make([][]byte, len(s.f.Columns))
	line := b.line
	for l := range bytes.Lines(text) {
		if l = bytes.TrimSpace(l); len(l) > 0 {
			if err := s.f.json.fill(row, l, false); err != nil {
				return recordAt(err, line)
			}
			b.add(row)
		}
		line++
	}
	return nil
}

// flatten gives the values of a record by name: the members of inner objects as
// "outer.inner", the entries of lists under the name of the list. Of a feature
// it gives the properties and of the geometry the type and the first position.
func flatten(raw json.RawMessage, feature bool, fn func(name string, text []byte) error) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	t, err := d.Token()
	if err != nil || t != json.Delim('{') {
		return problem(CodeRecord, 0)
	}
	if !feature {
		err = members(d, "", fn)
	} else {
		err = featureMembers(d, fn)
	}
	if err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return problem(CodeRecord, 0)
	}
	return nil
}

func members(d *json.Decoder, prefix string, fn func(string, []byte) error) error {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return problem(CodeRecord, 0)
		}
		if err := jsonMember(d, prefix+key.(string), fn); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return problem(CodeRecord, 0)
	}
	return nil
}

func jsonMember(d *json.Decoder, name string, fn func(string, []byte) error) error {
	if strings.Count(name, ".") > 50 {
		return problem(CodeRecord, 0)
	}
	t, err := d.Token()
	if err != nil {
		return problem(CodeRecord, 0)
	}
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			return members(d, name+".", fn)
		}
		for d.More() {
			if err := jsonMember(d, name, fn); err != nil {
				return err
			}
		}
		if _, err := d.Token(); err != nil {
			return problem(CodeRecord, 0)
		}
		return nil
	case string:
		return fn(name, []byte(v))
	case json.Number:
		return fn(name, []byte(v.String()))
	case bool:
		if v {
			return fn(name, []byte("true"))
		}
		return fn(name, []byte("false"))
	}
	return fn(name, nil)
}

func featureMembers(d *json.Decoder, fn func(string, []byte) error) error {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return problem(CodeRecord, 0)
		}
		switch key {
		case "properties":
			t, err := d.Token()
			if err != nil {
				return problem(CodeRecord, 0)
			}
			if t == json.Delim('{') {
				if err := members(d, "", fn); err != nil {
					return err
				}
			}
		case "geometry":
			var g geometry
			if err := d.Decode(&g); err != nil {
				return problem(CodeRecord, 0)
			}
			if err := g.give(fn); err != nil {
				return err
			}
		case "type", "bbox":
			var skipped json.RawMessage
			if err := d.Decode(&skipped); err != nil {
				return problem(CodeRecord, 0)
			}
		default: // id and foreign members are published too
			if err := jsonMember(d, "feature."+key.(string), fn); err != nil {
				return err
			}
		}
	}
	if _, err := d.Token(); err != nil {
		return problem(CodeRecord, 0)
	}
	return nil
}

type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
	Geometries  []geometry      `json:"geometries"`
}

var geometryTypes = []string{"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}

// give gives the type and the first position as it is written, so that its
// decimals can be counted.
func (g *geometry) give(fn func(string, []byte) error) error {
	if !slices.Contains(geometryTypes, g.Type) {
		return nil // null, or something that is no geometry
	}
	if err := fn(geometryType, []byte(g.Type)); err != nil {
		return err
	}
	c := g.Coordinates
	if len(g.Geometries) > 0 {
		c = g.Geometries[0].Coordinates
	}
	first := bytes.TrimLeft(c, "[ \t\r\n")
	if i := bytes.IndexByte(first, ']'); i >= 0 {
		first = first[:i]
	}
	x, rest, ok := bytes.Cut(first, []byte{','})
	y, _, _ := bytes.Cut(rest, []byte{','})
	if !ok {
		return nil
	}
	if err := fn(geometryX, bytes.TrimSpace(x)); err != nil {
		return err
	}
	return fn(geometryY, bytes.TrimSpace(y))
}
