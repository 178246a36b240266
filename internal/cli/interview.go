package cli

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"puntari/internal/descriptor"
	"puntari/internal/interview"
	"puntari/internal/source"
)

func (a *app) interviewCommand() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:     "interview [FILE]",
		Short:   a.message("interview.cli.short"),
		Long:    a.message("interview.cli.long"),
		Example: "  puntari interview dataset.yaml\n  puntari interview form.xlsx -o dataset.yaml",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return a.failure("cli.one_file")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			file := ""
			if len(args) > 0 {
				file = args[0]
			}
			return a.interview(c.Context(), file, output)
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", a.message("interview.cli.output"))
	return c
}

// interview asks for a dataset and saves it after every answer.
func (a *app) interview(ctx context.Context, file, output string) error {
	d, err := a.beginning(ctx, file)
	if err != nil {
		return err
	}
	if output, err = a.interviewOutput(file, output); err != nil {
		return err
	}
	e, err := a.engine()
	if err != nil {
		return err
	}
	if file == output {
		if err := a.keepComments(file); err != nil {
			return err
		}
	}
	saved := false
	err = interview.Run(ctx, interview.Config{
		In: a.stdin, Out: a.stdout, Engine: e, Reader: a.reader(), Words: a.words, Day: d.Day(today()), Style: a.style(a.stdout),
		Save: func(d *descriptor.Dataset) error {
			var b bytes.Buffer
			if err := descriptor.WriteYAML(&b, d, nil); err != nil {
				return err
			}
			if err := writeFile(output, b.Bytes()); err != nil {
				return a.fileError(output, err)
			}
			saved = true
			return nil
		},
	}, d)
	switch {
	case errors.Is(err, interview.ErrInput) && saved:
		return a.failure("interview.cli.ended", "file", output)
	case errors.Is(err, interview.ErrInput):
		return a.failure("interview.cli.ended_empty")
	}
	return err
}

// beginning is what the file says already; a file that is not there says nothing.
func (a *app) beginning(ctx context.Context, file string) (*descriptor.Dataset, error) {
	if _, err := os.Stat(file); file == "" || errors.Is(err, fs.ErrNotExist) {
		return &descriptor.Dataset{}, nil
	}
	if file == "-" {
		return nil, a.failure("interview.cli.no_output")
	}
	var all []*source.Record
	failed := false
	err := a.records(ctx, file, func(s *source.Record) error {
		// What is only missing is asked for.
		s.Problems = slices.DeleteFunc(s.Problems, func(p descriptor.Problem) bool { return p.Code == "missing" })
		a.printProblems(s.Problems, false)
		failed = failed || !s.Usable()
		all = append(all, s)
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case failed:
		return nil, exit(exitFailed)
	case len(all) != 1:
		return nil, a.failure("cli.one_file")
	}
	return all[0].Dataset, nil
}

// interviewOutput is the file to save in: another one, or the one that was read
// if it is one that the interview could have written.
func (a *app) interviewOutput(file, output string) (string, error) {
	switch ext := strings.ToLower(filepath.Ext(file)); {
	case output != "" && output != file:
		if _, err := os.Stat(output); !errors.Is(err, fs.ErrNotExist) {
			return "", a.failure("interview.cli.exists", "file", output)
		}
		return output, nil
	case file == "":
		return "", a.failure("interview.cli.no_output")
	case ext != ".yaml" && ext != ".yml":
		return "", a.failure("interview.cli.other_format", "file", file)
	}
	return file, nil
}

// keepComments keeps a copy of a file with comments, which the interview does not
// write.
func (a *app) keepComments(file string) error {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return a.fileError(file, err)
	}
	if !hasComment(string(data)) {
		return nil
	}
	ext := filepath.Ext(file)
	backup := strings.TrimSuffix(file, ext) + ".orig" + ext
	if _, err := os.Stat(backup); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := writeFile(backup, data); err != nil {
		return a.fileError(backup, err)
	}
	_, err = a.stdout.Write([]byte(a.message("interview.cli.comments", "file", file, "copy", backup) + "\n"))
	return err
}

// hasComment tells whether a YAML text may hold a comment.
func hasComment(text string) bool {
	for line := range strings.Lines(text) {
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "#") || strings.Contains(line, " #") {
			return true
		}
	}
	return false
}
