package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"puntari/internal/descriptor"
	"puntari/internal/importer"
	"puntari/internal/intake"
)

// open opens a file, or standard input for "-".
func (a *app) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(a.stdin), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, a.fileError(name, err)
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		f.Close()
		return nil, a.failure("cli.is_folder", "file", name)
	}
	return f, nil
}

func (a *app) fileError(name string, err error) error {
	switch {
	case os.IsNotExist(err):
		return a.failure("cli.no_file", "file", name)
	case os.IsPermission(err):
		return a.failure("cli.no_permission", "file", name)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// source is a dataset that has been read, from a descriptor or from a record in
// another format.
type source struct {
	*descriptor.Dataset
	// name is that of the file.
	name string
	// facts are where imported values come from, and suggestions.
	facts []importer.Fact
}

// each reads all datasets of the files and calls fn for each that can be used.
// Problems are printed as they come. It tells whether some file or dataset
// could not be used.
func (a *app) each(ctx context.Context, files []string, fn func(*source) error) (failed bool, err error) {
	for _, name := range files {
		found := false
		err := a.records(ctx, name, func(s *source, problems []descriptor.Problem) error {
			found = true
			a.printProblems(problems, false)
			if s == nil || descriptor.HasErrors(problems) {
				failed = true
				return nil
			}
			return fn(s)
		})
		if err != nil {
			return true, err
		}
		failed = failed || !found
	}
	return failed, nil
}

// one reads the dataset of a file that holds exactly one.
func (a *app) one(ctx context.Context, name string) (*source, error) {
	var all []*source
	failed, err := a.each(ctx, []string{name}, func(s *source) error {
		all = append(all, s)
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case failed:
		return nil, exit(exitFailed)
	case len(all) != 1:
		return nil, a.failure("cli.exactly_one_dataset", "count", fmt.Sprint(len(all)))
	}
	return all[0], nil
}

// detectSize is how much of a file is looked at to recognise its format.
const detectSize = 64 << 10

// records reads a file, whatever its format, and gives each dataset to fn. What
// is wrong with the file itself is printed.
func (a *app) records(ctx context.Context, name string, fn func(*source, []descriptor.Problem) error) error {
	f, err := a.open(name)
	if err != nil {
		fmt.Fprintln(a.stderr, "puntari:", err)
		return nil
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, detectSize)
	head, _ := in.Peek(detectSize) // what cannot be read is said when it is read
	if intake.Recognise(head) {
		return a.formRecord(name, in, fn)
	}
	switch format := importer.Detect(head, name); format {
	case importer.Unknown, importer.Descriptor, importer.Page:
		return a.reader().ReadAll(name, in, func(s *descriptor.Source, problems []descriptor.Problem) error {
			if s == nil {
				return fn(nil, problems)
			}
			return fn(&source{Dataset: s.Dataset, name: name}, problems)
		})
	default:
		return a.importRecords(ctx, name, in, importer.Options{Lexicon: &a.catalogue.Lexicon, Format: format}, fn)
	}
}

// importRecords imports the datasets of a file.
func (a *app) importRecords(ctx context.Context, name string, in io.Reader, o importer.Options, fn func(*source, []descriptor.Problem) error) error {
	err := importer.Import(ctx, name, in, o, func(r *importer.Record) error {
		if r.Dataset.DescriptorVersion == nil {
			version := a.catalogue.Descriptor.Version
			r.Dataset.DescriptorVersion = &version
		}
		return fn(&source{Dataset: r.Dataset, name: name, facts: r.Facts}, r.Problems)
	})
	var whole *importer.ProblemError
	if errors.As(err, &whole) {
		return fn(nil, []descriptor.Problem{whole.Problem})
	}
	return err
}

// printProblems prints problems; what is only incomplete is printed when strict
// is set, since an assessment asks for it anyway.
func (a *app) printProblems(problems []descriptor.Problem, strict bool) {
	for _, p := range problems {
		if p.Severity == descriptor.SeverityIncomplete && !strict {
			continue
		}
		if intake.Concerns(p) {
			fmt.Fprintln(a.stderr, intake.Format(p, a.words))
			continue
		}
		fmt.Fprintln(a.stderr, p.Format(a.catalogue, a.lang))
	}
}
