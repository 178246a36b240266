package facts

import (
	"reflect"
	"testing"
	"time"

	"puntari/internal/descriptor"
	"puntari/internal/sample/city"
)

// A case that takes columns over from another one is the case that is read anew.
func TestNewCaseAfter(t *testing.T) {
	s := space(t)
	date := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	g := city.New(3)
	for i := range 40 {
		d := g.Dataset(i)
		before := s.NewCase(d, date)
		for k := range before.Columns { // which is made anew from what was read
			for j := range before.Columns[k].States {
				before.Columns[k].States[j] = State{Void: true}
			}
		}
		patched := d.Clone()
		changes := []func(){
			func() {},
			func() { patched.Schema.Fields = patched.Schema.Fields[1:] },
			func() { patched.Schema.Fields[0].Transforms = []string{"dropped"} },
			func() {
				role := "none"
				patched.Schema.Fields[len(patched.Schema.Fields)-1].DisclosureRole = &role
			},
			func() {
				name := "new"
				patched.Schema.Fields = append([]descriptor.Column{{Name: &name}}, patched.Schema.Fields...)
			},
			func() { patched.Schema.Fields = nil },
		}
		if len(patched.Schema.Fields) == 0 {
			continue
		}
		changes[i%len(changes)]()
		got, want := s.NewCaseAfter(before, patched, date), s.NewCase(patched, date)
		for what, x := range map[string][2]any{
			"risk": {got.Risk, want.Risk}, "opportunity": {got.Opportunity, want.Opportunity},
			"status": {got.Status, want.Status}, "columns": {got.Columns, want.Columns},
		} {
			if !reflect.DeepEqual(x[0], x[1]) {
				t.Errorf("dataset %d, change %d: %s differ", i, i%len(changes), what)
			}
		}
	}
}
