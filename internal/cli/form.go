package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"puntari/internal/intake"
)

// formFlags are the flags of form.
type formFlags struct {
	output, from string
	force        bool
}

func (a *app) formCommand() *cobra.Command {
	var f formFlags
	c := &cobra.Command{
		Use:     "form",
		Short:   a.message("form.cli.short"),
		Long:    a.message("form.cli.long"),
		Example: "  puntari form -o form.xlsx --lang fi\n  puntari form -o form.xlsx --from dataset.yaml\n  puntari assess form.xlsx",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return a.form(c.Context(), &f) },
	}
	c.Flags().StringVarP(&f.output, "output", "o", "", a.message("form.cli.output"))
	c.Flags().StringVar(&f.from, "from", "", a.message("form.cli.from"))
	c.Flags().BoolVar(&f.force, "force", false, a.message("form.cli.force"))
	return c
}

// intake makes and reads forms.
func (a *app) intake() *intake.Form { return intake.New(a.catalogue, a.reader(), a.rules) }

// form writes a form, filled in from a description where there is one.
func (a *app) form(ctx context.Context, f *formFlags) error {
	if f.output == "" {
		return a.failure("form.cli.no_output")
	}
	if _, err := os.Stat(f.output); !errors.Is(err, fs.ErrNotExist) && !f.force {
		return a.failure("form.cli.exists", "file", f.output)
	}
	o := intake.Options{Lang: a.lang}
	if f.from != "" {
		from, err := a.one(ctx, f.from)
		if err != nil {
			return err
		}
		o.From = from.Dataset
	}
	form := a.intake()
	var b bytes.Buffer
	if err := form.Write(&b, o); err != nil {
		return err
	}
	if o.From != nil {
		lost, err := form.Lost(b.Bytes(), o.From)
		if err != nil {
			return err
		}
		if len(lost) > 0 {
			fmt.Fprintln(a.stderr, a.message("form.cli.lost", "paths", strings.Join(lost, ", ")))
		}
	}
	if err := a.writeFiles([]file{{f.output, b.Bytes()}}, true); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, a.message("form.cli.written", "file", f.output))
	return nil
}
