// Package importer reads what a catalogue record or a file's header already
// says of a dataset and makes a descriptor of it: DCAT-AP, CKAN, Frictionless
// Data Package, project-open-data, Socrata, schema.org and Croissant, CSVW and
// JKAN.
//
// Three rules hold for every format. What a source does not say stays
// unanswered, and no importer ever writes "no" or "none". What is only likely,
// such as a column called hetu holding personal identity codes, becomes a
// suggestion among the facts of the record and not an answer. And nothing is
// fetched: an address in a source is text.
package importer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
	"puntari/internal/rdf"
)

// Record is one dataset of a source.
type Record struct {
	// Dataset holds what the source says. It is never nil, but may be far from
	// complete.
	Dataset *descriptor.Dataset
	// Facts tells for each value of Dataset where it comes from, and what else
	// the source suggests.
	Facts []Fact
	// Index counts the datasets of the source from 0.
	Index int
	// ID is the identifier of the dataset in the source, or empty.
	ID string
	// Line and Column are where the record begins; in JSON-LD that is not known,
	// and they are 1.
	Line, Column int
	// Problems tells what could not be read or not be taken over. A record whose
	// problems have errors could not be read at all.
	Problems []descriptor.Problem
}

// Kind says how a fact came about.
type Kind string

const (
	// Imported facts are in the source and in the dataset.
	Imported Kind = "imported"
	// Suggested facts follow from a rule. They are not in the dataset: a person
	// decides.
	Suggested Kind = "suggested"
)

// Fact is a value of a field and where it comes from.
type Fact struct {
	// Path is the field, "schema.fields[3].type".
	Path string `json:"path"`
	// Value is the value in the words of the descriptor.
	Value  string `json:"value"`
	Source Source `json:"source"`
}

// Source is where a fact comes from.
type Source struct {
	File   string `json:"file"`
	Format Format `json:"format"`
	// Property is the property in the words of the source, "dct:license".
	Property string `json:"property"`
	// Raw is what the source says there.
	Raw  string `json:"raw"`
	Kind Kind   `json:"kind"`
	// Rule names the rule by which a value was suggested or rounded;
	// "import.rule." and the rule is a key of the messages.
	Rule string `json:"rule,omitempty"`
	// Entry is the entry of the lexicon that the name of a column matched.
	Entry string `json:"entry,omitempty"`
}

// Options say how a source is read. The zero value reads with the default
// limits and suggests nothing from the names of columns.
type Options struct {
	// Lexicon holds the column names that suggest personal data.
	Lexicon *checklist.Lexicon
	// Format, if not empty, is taken for granted instead of recognised.
	Format Format
	Limits Limits
}

// Limits bound what a source may cost. A zero means the default.
type Limits struct {
	// Document is the size of a document that has to be in memory, 64 MB by
	// default. RDF is such a document.
	Document int
	// Record is the size of one record of a stream, 16 MB by default. A stream
	// may be of any length.
	Record int
	// Depth is how deeply values may be nested, 200 by default.
	Depth int
	// Columns is how many columns of a dataset are taken over, 5000 by default.
	Columns int
}

func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		limit *int
		value int
	}{{&l.Document, 64 << 20}, {&l.Record, 16 << 20}, {&l.Depth, 200}, {&l.Columns, 5000}} {
		if *d.limit <= 0 {
			*d.limit = d.value
		}
	}
	return l
}

// ProblemError is the error of a source that cannot be read at all, or not to
// its end.
type ProblemError struct{ Problem descriptor.Problem }

// Error is the place and the code of the problem.
func (e *ProblemError) Error() string {
	p := e.Problem
	s := fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Code)
	if d := p.Params["detail"]; d != "" {
		s += ": " + d
	}
	return s
}

// Import reads the datasets of a source and gives each to fn, in the order of
// the source. name is the name of the source in facts and problems.
//
// A record that cannot be read is given to fn with the problem, and the rest go
// on. What keeps the source as a whole from being read is a [*ProblemError]; an
// error of fn, of ctx or of src ends the import and is returned.
func Import(ctx context.Context, name string, src io.Reader, o Options, fn func(*Record) error) error {
	o.Limits = o.Limits.withDefaults()
	in, err := newInput(ctx, src, o.Limits)
	if err != nil {
		return sourceError(name, err)
	}
	im := &importer{ctx: ctx, file: name, options: o, fn: fn, input: in, columns: columnNames(o.Lexicon)}
	if im.format = o.Format; im.format == "" {
		im.format = Detect(in.head(), name)
	}
	if err := in.failed(); err != nil && im.format == Unknown {
		return sourceError(name, err) // there was too little of it to recognise
	}
	if err := im.run(); err != nil {
		return sourceError(name, err)
	}
	switch {
	case im.index > 0:
		return nil
	case im.found == "":
		return &ProblemError{im.problem(codeNoDataset, descriptor.SeverityError, position{})}
	}
	return &ProblemError{im.problem(codeOther, descriptor.SeverityError, position{}, "detail", im.found)}
}

// importer reads one source.
type importer struct {
	ctx     context.Context
	file    string
	format  Format
	options Options
	fn      func(*Record) error
	input   *input
	columns *facts.ColumnNames
	index   int
	// found is what a source without datasets has instead.
	found string
}

func (im *importer) run() error {
	switch im.format {
	case Turtle, NTriples, RDFXML, JSONLD:
		return im.dcat()
	case CKAN:
		return im.values(ckanRecords, (*record).ckan)
	case Frictionless:
		if im.input.looksLikeJSON() {
			return im.values(wholeValue, (*record).frictionless)
		}
		return im.yaml((*record).frictionless)
	case DataJSON:
		return im.values(datasetList, (*record).dataJSON)
	case SchemaOrg:
		return im.values(schemaOrgRecords, (*record).schemaOrg)
	case CSVW:
		return im.values(wholeValue, (*record).csvw)
	case Socrata:
		return im.values(socrataRecords, (*record).socrata)
	case JKAN:
		return im.yaml((*record).jkan)
	}
	code := map[Format]string{Page: codePage, Descriptor: codeDescriptor}[im.format]
	if code == "" {
		code = codeUnknownFormat
	}
	return &ProblemError{im.problem(code, descriptor.SeverityError, position{})}
}

// begin makes the next record.
func (im *importer) begin(at position) *record {
	version := "1.0"
	r := &record{im: im, given: map[string]bool{}, lists: map[string]int{}, suggested: map[Fact]bool{}}
	r.Record = Record{Dataset: &descriptor.Dataset{DescriptorVersion: &version}, Facts: make([]Fact, 0, 32), Index: im.index, Line: at.line, Column: at.column}
	im.index++
	return r
}

// finish gives a record to the caller.
func (im *importer) finish(r *record) error {
	if err := im.ctx.Err(); err != nil {
		return err
	}
	r.complete()
	return im.fn(&r.Record)
}

// broken gives a record that cannot be read to the caller.
func (im *importer) broken(p descriptor.Problem) error {
	r := im.begin(position{p.Line, p.Column})
	r.Problems = append(r.Problems, p)
	if err := im.ctx.Err(); err != nil {
		return err
	}
	return im.fn(&r.Record)
}

// sourceError gives an error about the source its form.
func sourceError(name string, err error) error {
	if e, ok := errors.AsType[*rdf.Error](err); ok {
		return &ProblemError{syntaxProblem(name, e, descriptor.SeverityError)}
	}
	if e, ok := errors.AsType[*ProblemError](err); ok {
		p := &e.Problem
		p.File, p.Line, p.Column = name, max(p.Line, 1), max(p.Column, 1)
	}
	return err
}
