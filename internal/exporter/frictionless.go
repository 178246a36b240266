package exporter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// dataPackage is a Data Package of version 2, with its members in the order of
// the specification.
type dataPackage struct {
	Schema       string        `json:"$schema"`
	Name         string        `json:"name,omitempty"`
	ID           string        `json:"id,omitempty"`
	Title        string        `json:"title,omitempty"`
	Description  string        `json:"description,omitempty"`
	Homepage     string        `json:"homepage,omitempty"`
	Keywords     []string      `json:"keywords,omitempty"`
	Licenses     []license     `json:"licenses,omitempty"`
	Contributors []contributor `json:"contributors,omitempty"`
	Sources      []source      `json:"sources,omitempty"`
	Resources    []resource    `json:"resources"`
}

type license struct {
	Name string `json:"name"`
	Path string `json:"path"`
}

type contributor struct {
	Title string   `json:"title,omitempty"`
	Email string   `json:"email,omitempty"`
	Roles []string `json:"roles"`
}

type source struct {
	Title string `json:"title"`
}

type resource struct {
	Name      string       `json:"name"`
	Path      string       `json:"path"`
	Format    string       `json:"format,omitempty"`
	MediaType string       `json:"mediatype,omitempty"`
	Schema    *tableSchema `json:"schema,omitempty"`
}

type tableSchema struct {
	Fields     []field  `json:"fields"`
	PrimaryKey []string `json:"primaryKey,omitempty"`
}

type field struct {
	Name        string `json:"name"`
	Type        string `json:"type,omitempty"`
	Description string `json:"description,omitempty"`
}

// Frictionless writes a descriptor as a Data Package of version 2. A file whose
// address is not known is taken to lie beside the package under the name of the
// dataset. Columns that are dropped from the release are left out.
func Frictionless(_ *checklist.Catalogue, d *descriptor.Dataset, o Options) (data []byte, missing []descriptor.Problem, err error) {
	if o.Language == "" {
		o.Language = "en"
	}
	var g gaps
	s := &d.Dataset
	p := dataPackage{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json",
		Name:   packageName(text(s.Identifier)), ID: text(s.Identifier),
		Title: s.Title.In(o.Language), Description: s.Description.In(o.Language), Keywords: known(s.Keyword),
	}
	if isAddress(o.LandingPage) {
		p.Homepage = o.LandingPage
	}
	if p.Title == "" {
		g.add(codeTitle, "dataset.title")
	}
	switch l := text(d.Rights.Licence); l {
	case "CC-BY-4.0":
		p.Licenses = []license{{l, "https://creativecommons.org/licenses/by/4.0/"}}
	case "CC0-1.0":
		p.Licenses = []license{{l, "https://creativecommons.org/publicdomain/zero/1.0/"}}
	default:
		g.add(codeLicence, "rights.licence")
	}
	if name := text(s.Publisher.Name); name != "" {
		p.Contributors = append(p.Contributors, contributor{Title: name, Email: text(s.ContactPoint.Email), Roles: []string{"publisher"}})
	} else {
		g.add(codePublisher, "dataset.publisher.name")
	}
	for _, t := range d.Rights.ThirdPartySources {
		if name := text(t.Name); name != "" {
			p.Sources = append(p.Sources, source{name})
		}
	}
	p.Resources = resources(d, o, p.Name)
	if len(formats(d)) == 0 {
		g.add(codeFormat, "release.formats")
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(p); err != nil {
		return nil, nil, fmt.Errorf("data package: %w", err)
	}
	return b.Bytes(), g, nil
}

// resources are the files, one for each format.
func resources(d *descriptor.Dataset, o Options, name string) []resource {
	if name == "" {
		name = "data"
	}
	schema := columns(d, o.Language)
	list := formats(d)
	if len(list) == 0 {
		path := name
		if isAddress(o.AccessURL) {
			path = o.AccessURL
		}
		return []resource{{Name: name, Path: path, Schema: schema}}
	}
	var out []resource
	for _, f := range list {
		known := fileFormats[f]
		r := resource{Name: name + "-" + strings.ToLower(f), Path: name, Format: strings.ToLower(f), MediaType: known.mediaType}
		if known.extension != "" {
			r.Path += "." + known.extension
		}
		if a := o.Downloads[f]; isAddress(a) {
			r.Path = a
		}
		switch f {
		case "CSV", "XLSX", "PARQUET", "JSON":
			r.Schema = schema
		}
		out = append(out, r)
	}
	return out
}

// columns are the columns that are in the release, or nil.
func columns(d *descriptor.Dataset, language string) *tableSchema {
	var s tableSchema
	for i := range d.Schema.Fields {
		c := &d.Schema.Fields[i]
		name := text(c.Name)
		if name == "" || slices.Contains(c.Transforms, "dropped") {
			continue
		}
		s.Fields = append(s.Fields, field{Name: name, Type: text(c.Type), Description: c.Description.In(language)})
	}
	if len(s.Fields) == 0 {
		return nil
	}
	for _, k := range known(d.Schema.PrimaryKey) {
		if slices.ContainsFunc(s.Fields, func(f field) bool { return f.Name == k }) {
			s.PrimaryKey = append(s.PrimaryKey, k)
		}
	}
	return &s
}

// packageName is an identifier in the letters that a name of a package may have.
func packageName(id string) string {
	if i := strings.LastIndexAny(strings.TrimRight(id, "/"), "/#"); i >= 0 && strings.Contains(id, "://") {
		id = strings.TrimRight(id, "/")[i+1:]
	}
	var b strings.Builder
	for _, r := range strings.ToLower(id) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '.', r == '_':
			b.WriteRune(r)
		default:
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-.")
}
