package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"puntari/internal/descriptor"
	"puntari/internal/exporter"
	"puntari/internal/source"
)

type exportFlags struct {
	output, format string
	options        exporter.Options
}

func (a *app) exportCommand() *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Use:     "export FILE",
		Short:   a.message("cli.export.short"),
		Long:    a.message("cli.export.long"),
		Example: "  puntari export dataset.yaml -o dataset.jsonld --access-url https://data.example/file.csv\n  puntari export dataset.yaml --format frictionless -o datapackage.json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return a.failure("cli.exactly_one_file")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return a.export(c.Context(), args[0], &f) },
	}
	c.Flags().StringVarP(&f.output, "output", "o", "", a.message("cli.flag.export_output"))
	c.Flags().StringVar(&f.format, "format", "dcat-ap", a.message("cli.flag.export_format"))
	c.Flags().StringVar(&f.options.Base, "base", "", a.message("cli.flag.base"))
	c.Flags().StringVar(&f.options.AccessURL, "access-url", "", a.message("cli.flag.access_url"))
	c.Flags().StringToStringVar(&f.options.Downloads, "download-url", nil, a.message("cli.flag.download_url"))
	c.Flags().StringVar(&f.options.LandingPage, "landing-page", "", a.message("cli.flag.landing_page"))
	c.Flags().StringVar(&f.options.EndpointURL, "endpoint-url", "", a.message("cli.flag.endpoint_url"))
	c.Flags().StringVar(&f.options.EndpointDescription, "endpoint-description", "", a.message("cli.flag.endpoint_description"))
	return c
}

// export writes what a portal may see of a descriptor.
func (a *app) export(ctx context.Context, name string, f *exportFlags) error {
	write, ok := map[string]func(*source.Record) ([]byte, []descriptor.Problem, error){
		"dcat-ap": func(s *source.Record) ([]byte, []descriptor.Problem, error) {
			return exporter.DCATAP(a.catalogue, s.Dataset, f.options)
		},
		"frictionless": func(s *source.Record) ([]byte, []descriptor.Problem, error) {
			return exporter.Frictionless(a.catalogue, s.Dataset, f.options)
		},
	}[f.format]
	if !ok {
		return a.failure("cli.unknown_format", "format", f.format, "formats", "dcat-ap, frictionless")
	}
	f.options.Language = a.lang
	x, err := a.one(ctx, name)
	if err != nil {
		return err
	}
	for format := range f.options.Downloads {
		if !slices.Contains(x.Release.Formats, format) {
			return a.failure("cli.download_format", "format", format, "formats", strings.Join(x.Release.Formats, ", "))
		}
	}
	data, missing, err := write(x)
	if err != nil {
		return err
	}
	for i := range missing {
		missing[i].File = name
		fmt.Fprintln(a.stderr, missing[i].Text(a.catalogue, a.lang))
	}
	if f.output == "" {
		_, err = a.stdout.Write(data)
		return err
	}
	return a.writeFiles([]file{{f.output, data}}, false)
}
