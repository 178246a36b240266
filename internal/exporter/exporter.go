// Package exporter writes an assessed descriptor in the formats of data portals:
// DCAT-AP 3 and Frictionless Data Package.
//
// What leaves is listed here field by field: what the standards have a place for
// and a reader of a portal may see. Everything else a descriptor holds, such as
// who filled it in, what was found about people, secrets and risks, and how the
// decision was made, is internal and is not written, whatever is added to the
// descriptor later.
package exporter

import (
	"net/url"
	"slices"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// Options say what a portal has to know and a descriptor does not hold.
type Options struct {
	// Base is put before the identifier of a dataset that is no address itself,
	// "https://data.city.example/dataset/".
	Base string
	// AccessURL is where the data are found: a file or a page that leads to it.
	AccessURL string
	// Downloads are the addresses of the files by format, "CSV".
	Downloads map[string]string
	// EndpointURL is the address of the interface, and EndpointDescription that
	// of its description.
	EndpointURL, EndpointDescription string
	// LandingPage is the page about the dataset.
	LandingPage string
	// Language is the language of texts in formats that have room for one, "en"
	// if empty.
	Language string
}

// Codes of what is missing. "problem." and the code is a key of the messages.
const (
	codeTitle       = "import.export_title"
	codeDescription = "import.export_description"
	codePublisher   = "import.export_publisher"
	codeIdentifier  = "import.export_identifier"
	codeAddress     = "import.export_address"
	codeEndpoint    = "import.export_endpoint"
	codeLicence     = "import.export_licence"
	codeCategory    = "import.export_category"
	codeContact     = "import.export_contact"
	codeFormat      = "import.export_format"
)

// gaps collects what a record lacks for a portal to take it.
type gaps []descriptor.Problem

func (g *gaps) add(code, path string) {
	*g = append(*g, descriptor.Problem{File: "-", Code: code, Path: path, Severity: descriptor.SeverityIncomplete})
}

// text is the value of a field, or empty if it is not known.
func text(p *string) string {
	if p == nil || strings.EqualFold(*p, descriptor.Unknown) {
		return ""
	}
	return strings.TrimSpace(*p)
}

// known are the values of a list that say something.
func known(list []string) []string {
	var out []string
	for _, s := range list {
		if s = text(&s); s != "" && s != "none" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// isAddress tells whether a text is a complete address on the web.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " <>\"{}|^`\\")
}

// label is what a value of a field is called, in the languages of the program.
func label(c *checklist.Catalogue, path, value string) checklist.Text {
	f := c.Descriptor.Field(path)
	if f == nil {
		return nil
	}
	for _, v := range f.Values {
		if v.Value == value {
			return v.Label
		}
	}
	return nil
}

// isHighValue tells whether the dataset is one of high value in the sense of
// Implementing Regulation (EU) 2023/138.
func isHighValue(d *descriptor.Dataset) bool {
	category := text(d.Dataset.HvdCategory)
	return category != "" && category != "none" ||
		slices.ContainsFunc(d.Dataset.ApplicableLegislation, func(s string) bool { return strings.Contains(s, "2023/138") })
}

// formats are the formats of the release.
func formats(d *descriptor.Dataset) []string { return known(d.Release.Formats) }
