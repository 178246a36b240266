// Package city invents the data inventory of a city: descriptors as stewards
// write them, of the kinds of datasets that cities have and in the states of
// completeness in which inventories are. Everything in them is made up.
package city

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"puntari/internal/descriptor"
)

// Generator makes descriptors. The same seed and number give the same one, in
// whatever order they are asked for.
type Generator struct {
	seed  uint64
	total int
}

// New returns a generator.
func New(seed uint64) *Generator {
	g := &Generator{seed: seed}
	for i := range kinds {
		g.total += kinds[i].weight
	}
	return g
}

// Line is the descriptor with a number as a line of NDJSON.
func (g *Generator) Line(i int) []byte {
	return append(g.Dataset(i).Canonical(), '\n')
}

// care is how well a dataset is described.
type care int

const (
	thorough care = iota // every question answered, or nearly
	ordinary             // some questions left open
	sparse               // little more than a record of a catalogue
)

// Dataset is the descriptor with a number.
func (g *Generator) Dataset(i int) *descriptor.Dataset {
	b := &builder{Rand: rand.New(rand.NewPCG(g.seed, uint64(i))), number: i}
	b.kind = g.pick(b.IntN(g.total))
	switch x := b.Float64(); {
	case x < 0.5:
		b.care = thorough
	case x < 0.85:
		b.care = ordinary
	default:
		b.care = sparse
	}
	b.identify()
	b.columns()
	b.answer()
	b.propose()
	return &b.d
}

func (g *Generator) pick(n int) *kind {
	for i := range kinds {
		if n -= kinds[i].weight; n < 0 {
			return &kinds[i]
		}
	}
	return &kinds[len(kinds)-1]
}

// builder makes one descriptor.
type builder struct {
	*rand.Rand
	d      descriptor.Dataset
	kind   *kind
	care   care
	number int
}

// set answers a question. The tables of this package are fixed and tested, so a
// value that does not fit is left out rather than reported.
func (b *builder) set(path string, value any) {
	_ = b.d.Set(path, value)
}

func one[T any](b *builder, list ...T) T { return list[b.IntN(len(list))] }

func (b *builder) identify() {
	district := one(b, districts...)
	year := 2015 + b.IntN(11)
	title := map[string]string{
		"en": fmt.Sprintf("%s, %s %d", b.kind.title["en"], district, year),
		"fi": fmt.Sprintf("%s, %s %d", b.kind.title["fi"], district, year),
	}
	about := map[string]string{"en": b.kind.about["en"], "fi": b.kind.about["fi"]}
	if b.care != sparse {
		title["sv"] = fmt.Sprintf("%s, %s %d", b.kind.title["sv"], district, year)
	}
	b.set("descriptorVersion", "1.0")
	b.set("dataset.identifier", fmt.Sprintf("%s-%06d", b.kind.code, b.number))
	b.set("dataset.title", title)
	b.set("dataset.description", about)
	b.set("dataset.publisher.name", "Esimerkkilä, "+b.kind.department)
	b.set("dataset.publisher.identifier", "1234567-1")
	b.set("dataset.contactPoint.email", "avoindata@esimerkkila.example")
	b.set("dataset.steward.name", one(b, stewards...))
	b.set("dataset.steward.role", one(b, "suunnittelija", "tietoasiantuntija", "rekisterivastaava", "insinööri"))
	b.set("dataset.steward.unit", b.kind.unit)
	b.set("dataset.theme", []string{b.kind.theme})
	b.set("dataset.keyword", b.kind.keywords)
	b.set("dataset.language", []string{"fi"})
	b.set("dataset.spatialCoverage", district)
	b.set("dataset.temporalStart", fmt.Sprintf("%d-01-01", year))
	b.set("dataset.temporalEnd", fmt.Sprintf("%d-12-31", year))
	b.set("dataset.modified", fmt.Sprintf("2025-%02d-15", 1+b.IntN(12)))
	b.set("assessment.date", "2026-03-01")
}

// columnCount is the number of columns of every dataset.
const columnCount = 20

// columns lists the columns of the kind, then those that any table has. What a
// steward leaves out of a schema is left out of all its columns.
func (b *builder) columns() {
	list := append(slices.Clone(b.kind.columns), common...)
	for len(list) < columnCount {
		list = append(list, column{name: fmt.Sprintf("luku_%02d", len(list)), kind: "integer", set: []string{"disclosureRole=measure"}})
	}
	left := map[string]bool{}
	for _, a := range []string{"contentKind", "disclosureRole", "description", "specialCategory", "spatialUnit"} {
		left[a] = b.care == sparse || b.care == ordinary && b.Float64() < 0.08
	}
	for _, c := range list[:columnCount] {
		attributes := map[string]any{
			"name": c.name, "type": c.kind, "contentKind": "structured", "disclosureRole": "none", "specialCategory": "none",
			"spatialUnit": "none", "description": map[string]string{"fi": words(c.name) + " palvelun rekisterissä"},
		}
		for _, s := range c.set {
			name, value, _ := strings.Cut(s, "=")
			attributes[name] = value
			if name == "transforms" {
				attributes[name] = []string{value}
			}
		}
		col := descriptor.Column{}
		for _, name := range slices.Sorted(maps.Keys(attributes)) {
			if !left[name] {
				_ = col.Set(name, attributes[name])
			}
		}
		b.d.Schema.Fields = append(b.d.Schema.Fields, col)
	}
}

// inCatalogues are the parts of a descriptor that the records of data
// catalogues have; somebody who only has such a record knows no more.
var inCatalogues = []string{"dataset.", "release.formats", "release.mode", "release.bulkDownload", "release.conformsTo", "release.portals", "rights.licence", "maintenance.owner", "profile.rowCount"}

// answer answers the questions of the common base and those of the kind, with
// the small differences there are between datasets of a kind.
func (b *builder) answer() {
	answers := maps.Clone(base)
	maps.Copy(answers, b.kind.answers)
	for path, values := range varying {
		if _, fixed := b.kind.answers[path]; !fixed {
			answers[path] = values
		}
	}
	paths := slices.Sorted(maps.Keys(answers))
	open := map[string]bool{}
	for range [...]int{thorough: b.IntN(2), ordinary: 1 + b.IntN(7), sparse: 2}[b.care] {
		open[one(b, paths...)] = true
	}
	for _, path := range paths {
		v := answers[path]
		if choices, ok := v.(choices); ok {
			v = one(b, choices...)
		}
		switch {
		case b.care == sparse && !slices.ContainsFunc(inCatalogues, func(p string) bool { return strings.HasPrefix(path, p) }):
			continue
		case open[path] && mayBeUnknown(v):
			v = descriptor.Unknown
		case open[path]:
			continue
		}
		b.set(path, v)
	}
}

func mayBeUnknown(v any) bool {
	s, ok := v.(string)
	return ok && (s == "yes" || s == "no" || s == "none" || s == "low" || s == "moderate")
}

// propose adds measures to some datasets that need them.
func (b *builder) propose() {
	if b.care == sparse || len(b.kind.measures) == 0 || b.Float64() > 0.3 {
		return
	}
	for i, code := range b.kind.measures {
		status := "proposed"
		m := descriptor.Measure{Code: &b.kind.measures[i], Status: &status}
		switch code {
		case "M01", "M02", "M12":
			m.Fields = b.kind.measured[code]
		}
		b.d.Mitigations = append(b.d.Mitigations, m)
	}
}

func words(name string) string { return strings.ReplaceAll(name, "_", " ") }
