package claims

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

func catalogue(t *testing.T) *checklist.Catalogue {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func said(s string) *string { return &s }

func statement(field, value string, columns ...string) descriptor.MeasuredStatement {
	return descriptor.MeasuredStatement{Field: &field, Value: &value, Columns: columns}
}

// Every rule is about a field that exists, and its values are the field's.
func TestRules(t *testing.T) {
	c := catalogue(t)
	if got := len(New(c).rules); got != len(c.Evidence.Claims) {
		t.Errorf("%d of %d rules are about fields that exist", got, len(c.Evidence.Claims))
	}
	for _, r := range c.Evidence.Claims {
		f := c.Descriptor.Field(r.Field)
		if f == nil {
			continue
		}
		ways := 0
		for _, way := range []bool{r.Smaller, len(r.Caution) > 0, r.Same} {
			if way {
				ways++
			}
		}
		if ways != 1 {
			t.Errorf("%s needs one way of comparing: an order of values, of numbers, or that they are the same", r.Field)
		}
		for _, v := range r.Caution {
			known := f.Type == "tri" && (v == "yes" || v == "no") || slices.ContainsFunc(f.Values, func(x checklist.Value) bool { return x.Value == v })
			if !known {
				t.Errorf("%s has no value %q", r.Field, v)
			}
		}
	}
}

func TestSettle(t *testing.T) {
	r := New(catalogue(t))
	d := &descriptor.Dataset{}
	d.PersonalData.SourceRelatesToPersons = said("no")
	d.PersonalData.NationalIdentifierPresent = said("yes")
	d.PersonalData.ReleaseLevel = said("unknown")
	d.Content.FreeTextReview = said("automated")
	d.Spatial.ResolutionM = &descriptor.Number{Value: 1000}
	d.DisclosureControl.MinCellCount = &descriptor.Number{Value: 5}
	d.Schema.Fields = []descriptor.Column{
		{Name: said("id"), DisclosureRole: said("none"), Transforms: []string{"generalised", "dropped"}},
		{Name: said("when"), TemporalPrecision: said("second")},
		{Name: said("text")},
	}
	if s, all := r.Settle(d); s != d || all != nil {
		t.Error("without a measurement something changes")
	}
	d.Evidence.Statements = []descriptor.MeasuredStatement{
		statement("personalData.sourceRelatesToPersons", "yes", "id"),
		statement("personalData.nationalIdentifierPresent", "no"),
		statement("personalData.releaseLevel", "record_identifiable", "id"),
		statement("content.freeTextReview", "none", "text"),
		statement("spatial.resolutionM", "11.132", "when"),
		statement("disclosureControl.minCellCount", "5"),
		statement("schema.fields[id].disclosureRole", "direct_identifier", "id"),
		statement("schema.fields[id].transforms", "none", "id"),
		statement("schema.fields[when].temporalPrecision", "day", "when"),
		statement("schema.fields[text].contentKind", "free_text", "text"),
	}
	settled, all := r.Settle(d)
	var got []string
	for _, c := range all {
		got = append(got, c.Field+": "+c.Stated+", "+c.Measured+": "+string(c.Result))
	}
	want := []string{
		"personalData.sourceRelatesToPersons: no, yes: contradicted",
		"personalData.releaseLevel: , record_identifiable: unstated",
		"personalData.nationalIdentifierPresent: yes, no: agreed",
		"content.freeTextReview: automated, none: untestable",
		"spatial.resolutionM: 1000, 11.132: contradicted",
		"disclosureControl.minCellCount: 5, 5: agreed",
		"schema.fields[id].disclosureRole: none, direct_identifier: contradicted",
		"schema.fields[id].transforms: generalised, dropped, none: contradicted",
		"schema.fields[when].temporalPrecision: second, day: agreed",
		"schema.fields[text].contentKind: , free_text: unstated",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if tested, contradicted := Count(all); tested != 7 || contradicted != 4 {
		t.Errorf("%d tested, %d contradicted", tested, contradicted)
	}
	f := settled.Schema.Fields
	if *settled.PersonalData.SourceRelatesToPersons != "yes" || *settled.PersonalData.NationalIdentifierPresent != "yes" ||
		*settled.PersonalData.ReleaseLevel != "record_identifiable" || *settled.Content.FreeTextReview != "automated" ||
		settled.Spatial.ResolutionM.Value != 11.132 || *f[0].DisclosureRole != "direct_identifier" || !slices.Equal(f[0].Transforms, []string{"generalised"}) ||
		*f[1].TemporalPrecision != "second" || *f[2].ContentKind != "free_text" {
		t.Errorf("%s", settled.Canonical())
	}
	if *d.PersonalData.SourceRelatesToPersons != "no" {
		t.Error("the descriptor itself changed")
	}
	Without(d, []string{"id"})
	if _, all := r.Settle(d); slices.ContainsFunc(all, func(c Claim) bool { return c.Field == "personalData.sourceRelatesToPersons" && c.Result != Untestable }) {
		t.Error("what a dropped column showed still counts")
	}
}

// Columns that are described and those of the file must be the same. One that
// nobody has described is added, with nothing known of it.
func TestColumns(t *testing.T) {
	r := New(catalogue(t))
	d := &descriptor.Dataset{}
	measured := func(names ...string) {
		d.Evidence.Statements, d.Evidence.Columns = []descriptor.MeasuredStatement{}, nil
		for _, name := range names {
			d.Evidence.Columns = append(d.Evidence.Columns, descriptor.MeasuredColumn{Name: said(name)})
		}
	}
	measured("id", "name")
	if s, all := r.Settle(d); s != d || len(all) > 0 {
		t.Errorf("without described columns: %v", all)
	}
	d.Schema.Fields = []descriptor.Column{{Name: said("id")}, {Name: said("gone")}, {Name: said("old"), Transforms: []string{"dropped"}}}
	settled, all := r.Settle(d)
	want := []Claim{
		{Field: "schema.fields[gone].name", Stated: "gone", Result: Contradicted},
		{Field: "schema.fields[name].name", Measured: "name", Columns: []string{"name"}, Result: Contradicted, settles: true},
		{Field: "schema.fields[old].transforms", Stated: "dropped", Result: Untestable},
	}
	if !reflect.DeepEqual(all, want) {
		t.Errorf("got %+v, want %+v", all, want)
	}
	if f := settled.Schema.Fields; len(f) != 4 || *f[3].Name != "name" || len(d.Schema.Fields) != 3 {
		t.Errorf("%s", settled.Canonical())
	}
	d.Schema.Fields = d.Schema.Fields[:1]
	Without(d, []string{"name"})
	if _, all := r.Settle(d); len(all) > 0 {
		t.Errorf("a dropped column still counts: %v", all)
	}
}
