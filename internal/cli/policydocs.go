package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"puntari/internal/reference"
)

func (a *app) policyDocsCommand() *cobra.Command {
	var output, date string
	c := &cobra.Command{
		Use:     "docs [DIR]",
		Short:   a.message("policy.docs.short"),
		Long:    a.message("policy.docs.long"),
		Example: "  puntari policy docs -o data-policy.md\n  puntari policy docs our-policy -o data-policy.md --lang sv",
		Args:    a.oneFolder,
		RunE:    func(_ *cobra.Command, args []string) error { return a.policyDocs(first(args), output, date) },
	}
	c.Flags().StringVarP(&output, "output", "o", "", a.message("policy.docs.flag.output"))
	c.Flags().StringVar(&date, "date", "", a.message("policy.docs.flag.date"))
	return c
}

// day checks a day that was given on the command line.
func (a *app) day(date string) error {
	if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
		return a.failure("cli.bad_date", "date", date)
	}
	return nil
}

// policyDocs writes a policy as a document.
func (a *app) policyDocs(folder, output, date string) error {
	if err := a.day(date); err != nil {
		return err
	}
	ext := strings.ToLower(filepath.Ext(output))
	if output != "" && ext != ".md" && ext != ".xlsx" {
		return a.failure("policy.docs.bad_output", "file", output, "endings", ".md, .xlsx")
	}
	p, err := a.openPolicy(folder)
	if err != nil {
		return err
	}
	c := p.Catalogue
	if date != "" {
		c = c.On(date)
	}
	book, err := reference.New(c, p.Rules)
	if err != nil {
		return err
	}
	edition := reference.Edition{Date: date}
	if p.Profile != nil {
		edition.Organisation = p.Profile.Organisation.Name.In(a.lang) + " " + p.Profile.Organisation.Version
		for _, x := range p.Profile.Changes {
			if x.InForce(date) {
				edition.Changes = append(edition.Changes, x)
			}
		}
	}
	if ext == ".xlsx" {
		var b bytes.Buffer
		if err := book.Workbook(&b, a.lang, edition); err != nil {
			return err
		}
		return a.output(output, b.Bytes())
	}
	data, err := book.DataPolicy(a.lang, edition)
	if err != nil {
		return err
	}
	return a.output(output, data)
}

// output writes a file whole, or prints what would be in it.
func (a *app) output(name string, data []byte) error {
	if name == "" {
		_, err := a.stdout.Write(data)
		return err
	}
	if err := writeFile(name, data); err != nil {
		return a.fileError(name, err)
	}
	return nil
}
