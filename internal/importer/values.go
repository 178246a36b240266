package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"

	"puntari/internal/descriptor"
	"puntari/internal/rdf"
)

// values reads the JSON values of a source. split finds the records in each,
// and read makes a dataset of a record.
func (im *importer) values(split func(*document) []span, read func(*record, value)) error {
	var buffer []byte
	for first := true; ; first = false {
		p, ok, err := im.input.next(buffer, first)
		if err != nil {
			return err
		}
		if !ok {
			return nil
		}
		if err := im.value(p, split, read); err != nil {
			return err
		}
		buffer = p.data
	}
}

// document is a JSON value of a source.
type document struct {
	data   []byte
	root   span
	format Format
	// context is a member of the document that holds for all its records.
	context value
	// found is what the document has if it has no records.
	found string
}

func (im *importer) value(p piece, split func(*document) []span, read func(*record, value)) error {
	limits := im.options.Limits
	if p.tooLarge {
		limit := limits.Record
		if im.index == 0 {
			limit = limits.Document
		}
		return im.broken(im.problem(codeTooLarge, descriptor.SeverityError, p.at, "limit", strconv.Itoa(limit>>20)))
	}
	if at, deep := rdf.JSONTooDeep(p.data, limits.Depth); deep {
		return im.broken(im.problem("import.syntax."+string(rdf.CodeTooDeep), descriptor.SeverityError, p.at.after(p.data[:at]), "detail", strconv.Itoa(limits.Depth)))
	}
	d := &document{data: p.data, root: valueAt(p.data, 0), format: im.format}
	records := split(d)
	if len(records) == 0 {
		im.found = d.found
		if err := checkJSON(p.data); err != nil {
			return im.broken(im.jsonProblem(p, span{0, len(p.data)}, p.at, err))
		}
		if im.index > 0 { // a line of a stream
			return im.broken(im.problem(codeNotObject, descriptor.SeverityError, p.at, "detail", string(p.data)))
		}
		return nil
	}
	here, passed := p.at, 0
	faulty := false
	for _, s := range records {
		here.pass(p.data[passed:s.from])
		passed = s.from
		v, err := decode(s.of(p.data))
		if err != nil {
			faulty = true
			if err := im.broken(im.jsonProblem(p, s, here, err)); err != nil {
				return err
			}
			continue
		}
		if v.object() == nil {
			if err := im.broken(im.problem(codeNotObject, descriptor.SeverityError, here, "detail", string(s.of(p.data)))); err != nil {
				return err
			}
			continue
		}
		r := im.begin(here)
		r.context = d.context
		read(r, v)
		if err := im.finish(r); err != nil {
			return err
		}
	}
	if whole := len(records) == 1 && records[0] == d.root; whole || faulty {
		return nil
	}
	// The records are well-formed. What is around them may not be, and then there
	// may be more than was found.
	if err := checkJSON(p.data); err != nil {
		return im.broken(im.jsonProblem(p, span{0, len(p.data)}, p.at, err))
	}
	return nil
}

// checkJSON is the first fault of a JSON text.
func checkJSON(data []byte) error {
	var raw json.RawMessage
	return json.Unmarshal(data, &raw)
}

// jsonProblem is a fault of the JSON in the part s of a piece, which begins at
// here, with its place in the source.
func (im *importer) jsonProblem(p piece, s span, here position, err error) descriptor.Problem {
	text := s.of(p.data)
	if full := checkJSON(text); full != nil {
		err = full // the decoder stops earlier, but knows less well where
	}
	e := rdf.JSONError(text, err)
	end := len(bytes.TrimRight(text, " \t\r\n"))
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && e.Code != rdf.CodeJSONEnd {
		end = max(0, min(int(syntax.Offset)-1, len(text)))
	}
	here.pass(text[:end])
	e.Line, e.Column = here.line, here.column
	return syntaxProblem(im.file, e, descriptor.SeverityError)
}

// wholeValue takes the value as one record.
func wholeValue(d *document) []span { return []span{d.root} }

// allOf are the elements of a list, or the value itself.
func allOf(d *document, v span) []span {
	if !isList(d.data, v) {
		return []span{v}
	}
	var out []span
	for e := range elements(d.data, v) {
		out = append(out, e)
	}
	return out
}
