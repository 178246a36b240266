package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/importer"
	"puntari/internal/report/markdown"
	"puntari/internal/report/terminal"
	"puntari/internal/report/xlsx"
	"puntari/internal/source"
)

// assessFlags are the flags of assess.
type assessFlags struct {
	output, date, failOn string
	formats              []string
	force                bool
	// dataFile is a data file to be measured, and data how.
	dataFile string
	data     dataFlags
}

const (
	formatXLSX     = "xlsx"
	formatJSON     = "json"
	formatMarkdown = "markdown"
)

var extensions = map[string]string{formatXLSX: ".xlsx", formatJSON: ".json", formatMarkdown: ".md"}

func (a *app) assessCommand() *cobra.Command {
	var f assessFlags
	c := &cobra.Command{
		Use:     "assess FILE...",
		Short:   a.message("cli.assess.short"),
		Long:    a.message("cli.assess.long"),
		Example: "  puntari assess dataset.yaml -o dataset.xlsx\n  puntari assess dataset.yaml --format json\n  puntari assess *.yaml -o reports --fail-on DO_NOT_OPEN",
		Args:    a.files,
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case f.dataFile == "" && f.data.given(c):
				return a.failure("describe.needs_data")
			case f.dataFile != "" && len(args) != 1:
				return a.failure("describe.only_one")
			}
			return a.assess(c.Context(), args, &f)
		},
	}
	c.Flags().StringVarP(&f.output, "output", "o", "", a.message("cli.flag.output"))
	c.Flags().StringVar(&f.dataFile, "data", "", a.message("describe.flag.data"))
	a.addDataFlags(c, &f.data)
	c.Flags().StringSliceVar(&f.formats, "format", nil, a.message("cli.flag.format"))
	c.Flags().StringVar(&f.date, "date", "", a.message("cli.flag.date"))
	c.Flags().StringVar(&f.failOn, "fail-on", "", a.message("cli.flag.fail_on"))
	c.Flags().BoolVar(&f.force, "force", false, a.message("cli.flag.force"))
	return c
}

// files demands at least one file.
func (a *app) files(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return a.failure("cli.no_files")
	}
	return nil
}

// usage checks flags that only make sense together.
func (f *assessFlags) usage(a *app) error {
	for _, format := range f.formats {
		if _, ok := extensions[format]; !ok {
			return a.failure("cli.unknown_format", "format", format, "formats", "xlsx, json, markdown")
		}
	}
	if err := a.day(f.date); err != nil {
		return err
	}
	if f.failOn != "" && a.catalogue.Policy.OutcomeRank(f.failOn) < 0 {
		return a.failure("cli.unknown_outcome", "outcome", f.failOn, "outcomes", strings.Join(a.outcomes(), ", "))
	}
	if f.output == "" && slices.Contains(f.formats, formatXLSX) {
		return a.failure("cli.xlsx_needs_output")
	}
	if f.output == "" && len(f.formats) > 1 {
		return a.failure("cli.one_format")
	}
	if len(f.formats) == 0 && f.output != "" {
		f.formats = []string{formatOf(f.output)}
	}
	return nil
}

// formatOf tells the format from a file name; a folder gets workbooks.
func formatOf(output string) string {
	for format, ext := range extensions {
		if strings.EqualFold(filepath.Ext(output), ext) {
			return format
		}
	}
	return formatXLSX
}

func (a *app) outcomes() []string {
	var out []string
	for _, o := range a.catalogue.Policy.Outcomes {
		out = append(out, o.Code)
	}
	return out
}

// assessed is a finished assessment waiting to be written.
type assessed struct {
	*assessment.Assessment
	name string
}

// assess reads, assesses, and then writes: nothing is written when a descriptor
// among several cannot be assessed for a reason that is the program's.
func (a *app) assess(ctx context.Context, files []string, f *assessFlags) error {
	if err := f.usage(a); err != nil {
		return err
	}
	if err := f.data.usage(a); err != nil {
		return err
	}
	e, err := a.engine()
	if err != nil {
		return err
	}
	var all []assessed
	worst := -1
	stream := f.output == "" && len(f.formats) == 1 && f.formats[0] == formatJSON
	// A single object is indented for people; of several each gets a line, so
	// the first waits until it is known that there is a second.
	write := func(x *assessment.Assessment, indent bool) error {
		data, err := encode(x, indent)
		if err == nil {
			_, err = a.stdout.Write(data)
		}
		return err
	}
	n := 0
	failed, err := a.each(ctx, files, func(s *source.Record) error {
		if f.dataFile != "" {
			if n > 0 {
				return a.failure("describe.only_one")
			}
			if _, _, err := a.measure(ctx, f.dataFile, s.Dataset, &f.data, cmp.Or(f.date, today())); err != nil {
				return err
			}
		}
		x, err := a.assessOne(ctx, e, s, f)
		if err != nil {
			return err
		}
		worst = max(worst, a.catalogue.Policy.OutcomeRank(x.Outcome))
		n++
		if stream && n > 1 {
			if n == 2 {
				if err := write(all[0].Assessment, false); err != nil {
					return err
				}
				all = nil
			}
			return write(x, false)
		}
		all = append(all, assessed{x, s.Name})
		return nil
	})
	if err != nil {
		return err
	}
	if stream && len(all) == 1 {
		err = write(all[0].Assessment, true)
	} else if !stream {
		err = a.deliver(all, f, len(files) > 1 || n > 1)
	}
	switch {
	case err != nil:
		return err
	case failed:
		return exit(exitFailed)
	case f.failOn != "" && worst >= a.catalogue.Policy.OutcomeRank(f.failOn):
		return exit(exitOutcome)
	}
	return nil
}

// assessOne assesses one descriptor.
func (a *app) assessOne(ctx context.Context, e *engine.Engine, s *source.Record, f *assessFlags) (*assessment.Assessment, error) {
	day := f.date
	if day == "" {
		day = s.Day(today())
	}
	x, err := e.Assess(ctx, s.Dataset, day)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	x.Tool, x.Profile = tool(), a.profile.Provenance(x.Date)
	x.Dataset.Source = filepath.Base(s.Name)
	origins(x, s)
	a.wordsOn(x.Date).Fill(x)
	return x, nil
}

// origins notes at the facts of an assessment where imported ones come from.
func origins(x *assessment.Assessment, s *source.Record) {
	if len(s.Facts) == 0 {
		return
	}
	byPath := map[string]*assessment.Origin{}
	for _, f := range s.Facts {
		if f.Source.Kind != importer.Imported {
			continue
		}
		o := &assessment.Origin{File: filepath.Base(f.Source.File), Format: string(f.Source.Format), Property: f.Source.Property, Raw: f.Source.Raw}
		byPath[byName(f.Path, s.Dataset)] = o
		if list, _, ok := strings.Cut(f.Path, "["); ok && !strings.HasPrefix(f.Path, "schema.") && byPath[list] == nil {
			byPath[list] = o
		}
	}
	for i := range x.Facts {
		x.Facts[i].Origin = byPath[x.Facts[i].Path]
	}
}

// byName turns the number of a column in a path into its name, as assessments
// have it.
func byName(path string, d *descriptor.Dataset) string {
	rest, ok := strings.CutPrefix(path, "schema.fields[")
	if !ok {
		return path
	}
	number, attribute, ok := strings.Cut(rest, "]")
	i, err := strconv.Atoi(number)
	if !ok || err != nil || i >= len(d.Schema.Fields) || d.Schema.Fields[i].Name == nil {
		return path
	}
	return "schema.fields[" + *d.Schema.Fields[i].Name + "]" + attribute
}

// deliver writes the reports to files, or the result to standard output.
func (a *app) deliver(all []assessed, f *assessFlags, several bool) error {
	if f.output == "" {
		return a.show(all, f)
	}
	var out []file
	if several {
		var err error
		if out, err = a.folder(all, f); err != nil {
			return err
		}
	} else {
		for _, x := range all {
			base := strings.TrimSuffix(f.output, filepath.Ext(f.output))
			for _, format := range f.formats {
				name := f.output
				if len(f.formats) > 1 || filepath.Ext(f.output) == "" {
					name = base + extensions[format]
				}
				data, err := a.render(x.Assessment, format)
				if err != nil {
					return err
				}
				out = append(out, file{name, data})
			}
		}
	}
	if err := a.writeFiles(out, f.force); err != nil {
		return err
	}
	return a.show(all, &assessFlags{})
}

// folder renders several reports into a folder, with an index workbook.
func (a *app) folder(all []assessed, f *assessFlags) ([]file, error) {
	if filepath.Ext(f.output) != "" {
		if info, err := os.Stat(f.output); err != nil || !info.IsDir() {
			return nil, a.failure("cli.output_folder", "output", f.output)
		}
	}
	var out []file
	var index []xlsx.IndexEntry
	names := map[string]int{}
	for _, x := range all {
		base := slug(x.Dataset.Identifier)
		names[base]++
		if n := names[base]; n > 1 {
			base = fmt.Sprintf("%s-%d", base, n)
		}
		for _, format := range f.formats {
			data, err := a.render(x.Assessment, format)
			if err != nil {
				return nil, err
			}
			out = append(out, file{filepath.Join(f.output, base+extensions[format]), data})
		}
		index = append(index, xlsx.IndexEntry{File: base + extensions[f.formats[0]], Assessment: x.Assessment})
	}
	if slices.Contains(f.formats, formatXLSX) && len(index) > 0 {
		var b bytes.Buffer
		if err := xlsx.Index(&b, index, a.catalogue, xlsx.Options{Lang: a.lang}); err != nil {
			return nil, err
		}
		out = append(out, file{filepath.Join(f.output, "index.xlsx"), b.Bytes()})
	}
	return out, nil
}

// slug is a file name made from an identifier.
func slug(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, s[strings.LastIndexAny(s, "/#:")+1:])
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	s = strings.Trim(s, "-")
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	if s == "" || s == "index" {
		return "dataset"
	}
	return s
}

func (a *app) render(x *assessment.Assessment, format string) ([]byte, error) {
	var b bytes.Buffer
	var err error
	c := a.catalogue.On(x.Date)
	switch format {
	case formatJSON:
		return encode(x, true)
	case formatMarkdown:
		err = markdown.Render(&b, x, c, a.lang)
	default:
		err = xlsx.Render(&b, x, c, xlsx.Options{Lang: a.lang})
	}
	return b.Bytes(), err
}

// encode writes an assessment as JSON: indented, or on one line.
func encode(x *assessment.Assessment, indent bool) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if indent {
		e.SetIndent("", "  ")
	}
	err := e.Encode(x)
	return b.Bytes(), err
}

// show prints the result to standard output: the Markdown report when asked
// for, else the summary.
func (a *app) show(all []assessed, f *assessFlags) error {
	style := a.style(a.stdout)
	for i, x := range all {
		if len(f.formats) == 1 && f.formats[0] == formatMarkdown {
			if err := markdown.Render(a.stdout, x.Assessment, a.catalogue.On(x.Date), a.lang); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		if err := terminal.Summary(a.stdout, x.Assessment, a.words, style); err != nil {
			return err
		}
	}
	return nil
}
