package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"puntari/internal/descriptor"
	"puntari/internal/intake"
	"puntari/internal/source"
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
	case errors.Is(err, errFolder):
		return a.failure("cli.writes_folder", "file", name)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// each reads all datasets of the files and calls fn for each that can be used.
// Problems are printed as they come. It tells whether some file or dataset
// could not be used.
func (a *app) each(ctx context.Context, files []string, fn func(*source.Record) error) (failed bool, err error) {
	for _, name := range files {
		found := false
		err := a.records(ctx, name, func(s *source.Record) error {
			found = true
			a.printProblems(s.Problems, false)
			if !s.Usable() {
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
func (a *app) one(ctx context.Context, name string) (*source.Record, error) {
	var all []*source.Record
	failed, err := a.each(ctx, []string{name}, func(s *source.Record) error {
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

// sources reads files whatever their format.
func (a *app) sources() *source.Reader { return source.New(a.catalogue, a.reader(), a.rules) }

// records reads a file and gives each record to fn. A file that cannot be opened is
// printed.
func (a *app) records(ctx context.Context, name string, fn func(*source.Record) error) error {
	f, err := a.open(name)
	if err != nil {
		fmt.Fprintln(a.stderr, "puntari:", err)
		return nil
	}
	defer f.Close()
	return a.sources().Read(ctx, name, f, fn)
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
