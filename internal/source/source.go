// Package source reads datasets from a file whatever its format: descriptions, a
// filled form, or the records of another catalogue.
package source

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"sync"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/importer"
	"puntari/internal/intake"
)

// Record is a dataset of a source, or what is there instead.
type Record struct {
	// Dataset is nil when nothing could be made of the record.
	*descriptor.Dataset
	// Name is that of the source.
	Name string
	// Facts are where imported values come from, and suggestions.
	Facts []importer.Fact
	// Problems are what is wrong with the record or, in the last one, with the
	// source.
	Problems []descriptor.Problem
}

// Usable tells whether the record is a dataset without errors.
func (r *Record) Usable() bool { return r.Dataset != nil && !descriptor.HasErrors(r.Problems) }

// Reader reads sources. It is safe for concurrent use.
type Reader struct {
	// Descriptions reads descriptions; its limits hold for each of them.
	Descriptions *descriptor.Reader

	catalogue *checklist.Catalogue
	form      func() *intake.Form
}

// New returns a reader. The policies are those of the form.
func New(c *checklist.Catalogue, descriptions *descriptor.Reader, policies fs.FS) *Reader {
	return &Reader{
		Descriptions: descriptions, catalogue: c,
		// Few sources are forms, and laying one out takes longer than reading a description.
		form: sync.OnceValue(func() *intake.Form { return intake.New(c, descriptions, policies) }),
	}
}

// ErrorsOnly returns a reader that does not look for what a description leaves
// open: see [descriptor.Reader.ErrorsOnly].
func (r *Reader) ErrorsOnly() *Reader {
	only := *r
	only.Descriptions = r.Descriptions.ErrorsOnly()
	return &only
}

// HeadSize is how many bytes of a source are looked at to recognise its format.
const HeadSize = 64 << 10

// Form is the format of a workbook, which may be a filled form.
const Form importer.Format = "form"

// Recognise tells the format of a source by its first bytes and its name:
// [importer.Descriptor] also where it is none that is known, since the reader of
// descriptions says best what is wrong.
func Recognise(head []byte, name string) importer.Format {
	if intake.Recognise(head) {
		return Form
	}
	switch f := importer.Detect(head, name); f {
	case importer.Unknown, importer.Page:
		return importer.Descriptor
	default:
		return f
	}
}

// Read reads a source and gives each record to fn, in the order of the source.
// What is wrong with the source itself, or an error of in, is a record of its own
// with which the reading ends. The error is that of fn or of ctx.
func (r *Reader) Read(ctx context.Context, name string, in io.Reader, fn func(*Record) error) error {
	b := bufio.NewReaderSize(in, HeadSize)
	head, _ := b.Peek(HeadSize) // what cannot be read is said when it is read
	return r.ReadAs(ctx, Recognise(head, name), name, b, fn)
}

// ReadAs reads a source of a known format.
func (r *Reader) ReadAs(ctx context.Context, format importer.Format, name string, in io.Reader, fn func(*Record) error) error {
	switch format {
	case Form:
		return r.readForm(name, in, fn)
	case importer.Descriptor:
		err := r.Descriptions.ReadAll(name, in, func(s *descriptor.Source, problems []descriptor.Problem) error {
			return fn(record(name, s, problems))
		})
		return cmp.Or(err, ctx.Err())
	}
	var refused error
	err := importer.Import(ctx, name, in, importer.Options{Lexicon: &r.catalogue.Lexicon, Format: format}, func(x *importer.Record) error {
		if x.Dataset.DescriptorVersion == nil {
			version := r.catalogue.Descriptor.Version
			x.Dataset.DescriptorVersion = &version
		}
		refused = fn(&Record{Dataset: x.Dataset, Name: name, Facts: x.Facts, Problems: x.Problems})
		return refused
	})
	switch whole, ok := errors.AsType[*importer.ProblemError](err); {
	case err == nil, refused != nil, ctx.Err() != nil:
		return err
	case ok:
		return fn(&Record{Name: name, Problems: []descriptor.Problem{whole.Problem}})
	}
	return fn(Unreadable(name, err))
}

func (r *Reader) readForm(name string, in io.Reader, fn func(*Record) error) error {
	data, err := io.ReadAll(io.LimitReader(in, intake.MaxBytes+1))
	if err != nil {
		return fn(Unreadable(name, err))
	}
	s, problems := r.form().Read(name, bytes.NewReader(data), int64(len(data)))
	return fn(record(name, s, problems))
}

func record(name string, s *descriptor.Source, problems []descriptor.Problem) *Record {
	x := &Record{Name: name, Problems: problems}
	if s != nil {
		x.Dataset = s.Dataset
	}
	return x
}

// Unreadable is the record of a source that cannot be read for an error of the
// system.
func Unreadable(name string, err error) *Record {
	return &Record{Name: name, Problems: []descriptor.Problem{{
		File: name, Line: 1, Column: 1, Code: "read_failed", Params: map[string]string{"found": err.Error()}, Severity: descriptor.SeverityError,
	}}}
}
