package importer

import (
	"slices"
	"strconv"
	"strings"

	"puntari/internal/descriptor"
)

// column is a column as a source describes it.
type column struct {
	name, kind  string
	title       string
	description map[string]string
	// meaning holds IRIs of what the column is about.
	meaning []string
}

// columnsFrom names the properties of a source that describe a column.
type columnsFrom struct{ name, kind, description, meaning string }

// addColumns reads columns. A name that was there already is not read again:
// several files of a dataset often share theirs.
func (r *record) addColumns(columns []column, p columnsFrom) {
	fields := &r.Dataset.Schema.Fields
	r.columnNames = p.name
	known := make(map[string]bool, len(*fields)+len(columns))
	for _, c := range *fields {
		known[*c.Name] = true
	}
	for _, c := range columns {
		name := strings.TrimSpace(strings.ToValidUTF8(c.name, "\ufffd"))
		if name == "" || known[name] {
			continue
		}
		if most := r.im.options.Limits.Columns; len(*fields) >= most {
			r.note(codeColumns, origin{p.name, strconv.Itoa(most)})
			return
		}
		known[name] = true
		at := "schema.fields[" + strconv.Itoa(len(*fields)) + "]."
		*fields = append(*fields, descriptor.Column{Name: &name})
		f := &(*fields)[len(*fields)-1]
		r.fact(at+"name", name, origin{p.name, c.name})
		if kind, ok := columnType(c.kind); ok {
			f.Type = &kind
			r.fact(at+"type", kind, origin{p.kind, c.kind})
		}
		if len(c.description) == 0 && c.title != "" && c.title != name {
			c.description = map[string]string{"und": c.title}
		}
		r.languages(&f.Description, at+"description", c.description, p.description)
		for _, m := range c.meaning {
			const most = 50
			if len(f.PersonalDataCategory) == most {
				break
			}
			if category, ok := personalCategory(m); ok && !slices.Contains(f.PersonalDataCategory, category) {
				f.PersonalDataCategory = append(f.PersonalDataCategory, category)
				r.fact(at+"personalDataCategory["+strconv.Itoa(len(f.PersonalDataCategory)-1)+"]", category, origin{p.meaning, m})
			}
		}
	}
}

// personalCategory is a term of the Data Privacy Vocabulary's list of personal
// data, in the form "pd:Age". The addresses of version 1 and 2 are known.
func personalCategory(raw string) (term string, ok bool) {
	for _, prefix := range []string{"https://w3id.org/dpv/pd#", "https://w3id.org/dpv/dpv-pd#", "http://w3id.org/dpv/pd#", "dpv-pd:", "pd:"} {
		if name, found := strings.CutPrefix(strings.TrimSpace(raw), prefix); found && isWord(name) {
			return "pd:" + name, true
		}
	}
	return "", false
}

// columnType is the type of the descriptor for one of Frictionless, XML Schema,
// schema.org or Socrata; ok is false for anything else.
func columnType(raw string) (kind string, ok bool) {
	s := strings.ToLower(strings.TrimSpace(raw))
	if i := strings.LastIndexAny(s, ":/#"); i >= 0 {
		s = s[i+1:]
	}
	switch s {
	case "string", "number", "integer", "boolean", "date", "datetime", "time", "year", "yearmonth", "duration", "geopoint", "geojson", "list", "array", "object", "any":
		return s, true
	}
	kind, ok = columnTypes[s]
	return kind, ok
}

var columnTypes = map[string]string{
	"text": "string", "normalizedstring": "string", "token": "string", "language": "string", "name": "string", "html": "string", "xml": "string",
	"varchar": "string", "char": "string", "anyuri": "string", "url": "string", "email": "string", "phone": "string", "uri": "string", "document": "string", "photo": "string",
	"decimal": "number", "double": "number", "float": "number", "money": "number", "percent": "number", "numeric": "number", "real": "number",
	"float32": "number", "float64": "number",
	"int": "integer", "long": "integer", "short": "integer", "byte": "integer", "unsignedint": "integer", "unsignedlong": "integer",
	"unsignedshort": "integer", "unsignedbyte": "integer", "nonnegativeinteger": "integer", "positiveinteger": "integer",
	"nonpositiveinteger": "integer", "negativeinteger": "integer", "int32": "integer", "int64": "integer", "int8": "integer", "int16": "integer",
	"bool": "boolean", "checkbox": "boolean",
	"calendar date": "datetime", "calendar_date": "datetime", "floating_timestamp": "datetime", "fixed_timestamp": "datetime", "timestamp": "datetime",
	"datetimestamp": "datetime", "gyear": "year", "gyearmonth": "yearmonth", "daytimeduration": "duration", "yearmonthduration": "duration",
	"point": "geopoint", "location": "geopoint", "geocoordinates": "geopoint",
	"line": "geojson", "polygon": "geojson", "multipoint": "geojson", "multiline": "geojson", "multipolygon": "geojson", "geoshape": "geojson",
	"json": "object", "anyatomictype": "any",
}
