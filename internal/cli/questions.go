package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"puntari/internal/descriptor"
	"puntari/internal/report/terminal"
	"puntari/internal/source"
)

func (a *app) questionsCommand() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:     "questions [FILE]",
		Short:   a.message("cli.questions.short"),
		Long:    a.message("cli.questions.long"),
		Example: "  puntari questions dataset.yaml",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return a.failure("cli.one_file")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return a.questions(c.Context(), args, all) },
	}
	c.Flags().BoolVar(&all, "all", false, a.message("cli.flag.all"))
	return c
}

// questions prints what is still to be answered; without a file, what a new
// description has to answer.
func (a *app) questions(ctx context.Context, files []string, all bool) error {
	e, err := a.engine()
	if err != nil {
		return err
	}
	print := func(d *descriptor.Dataset) error {
		x, err := e.Assess(ctx, d, d.Day(today()))
		if err != nil {
			return err
		}
		return terminal.Questions(a.stdout, x, a.words, a.style(a.stdout), all)
	}
	if len(files) == 0 {
		return print(&descriptor.Dataset{})
	}
	failed, err := a.each(ctx, files, func(s *source.Record) error {
		if err := print(s.Dataset); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if failed {
		return exit(exitFailed)
	}
	return nil
}
