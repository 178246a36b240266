package cli

import (
	"fmt"
	"io"
	"os"

	"puntari/internal/descriptor"
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

// each reads all descriptors of the files and calls fn for each that can be
// used. Problems are printed as they come. It tells whether some file or
// descriptor could not be used.
func (a *app) each(files []string, strict bool, fn func(*descriptor.Source) error) (failed bool, err error) {
	for _, name := range files {
		bad, err := a.eachOf(name, strict, fn)
		if err != nil {
			return true, err
		}
		failed = failed || bad
	}
	return failed, nil
}

func (a *app) eachOf(name string, strict bool, fn func(*descriptor.Source) error) (failed bool, err error) {
	f, err := a.open(name)
	if err != nil {
		fmt.Fprintln(a.stderr, "puntari:", err)
		return true, nil
	}
	defer f.Close()
	found := false
	err = a.reader().ReadAll(name, f, func(s *descriptor.Source, problems []descriptor.Problem) error {
		found = true
		a.printProblems(problems, strict)
		if s == nil || descriptor.HasErrors(problems) {
			failed = true
			return nil
		}
		return fn(s)
	})
	if err == nil && !found {
		failed = true
	}
	return failed, err
}

// printProblems prints problems; what is only incomplete is printed when strict
// is set, since an assessment asks for it anyway.
func (a *app) printProblems(problems []descriptor.Problem, strict bool) {
	for _, p := range problems {
		if p.Severity == descriptor.SeverityIncomplete && !strict {
			continue
		}
		fmt.Fprintln(a.stderr, p.Format(a.catalogue, a.lang))
	}
}
