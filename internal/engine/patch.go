package engine

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/claims"
	"puntari/internal/descriptor"
)

// proposed lists the measures of a descriptor that are proposed, in the order
// of their codes.
func proposed(d *descriptor.Dataset) []*descriptor.Measure {
	var out []*descriptor.Measure
	for i := range d.Mitigations {
		if m := &d.Mitigations[i]; text(m.Status) == "proposed" {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b *descriptor.Measure) int { return strings.Compare(text(a.Code), text(b.Code)) })
	return out
}

func text(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

// apply returns the descriptor as it would be with the measures made.
func apply(c *checklist.Catalogue, d *descriptor.Dataset, measures []*descriptor.Measure) (*descriptor.Dataset, error) {
	out := d.Clone()
	for _, m := range measures {
		lib := c.Mitigation(text(m.Code))
		if lib == nil {
			return nil, fmt.Errorf("%w: %s is not in the library of mitigations", ErrCouldNotAssess, text(m.Code))
		}
		if err := applyOne(out, lib, m); err != nil {
			return nil, err
		}
	}
	applied := "applied"
	for i := range out.Mitigations {
		if m := &out.Mitigations[i]; slices.ContainsFunc(measures, func(o *descriptor.Measure) bool { return text(o.Code) == text(m.Code) }) && text(m.Status) == "proposed" {
			m.Status = &applied
		}
	}
	return out, nil
}

func applyOne(d *descriptor.Dataset, lib *checklist.Mitigation, m *descriptor.Measure) error {
	set, _ := m.Params["set"].(map[string]any)
	claims.Forget(d, lib.Patch.Measured)
	if err := patchColumns(d, lib, m, set); err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(lib.Patch.Set)) {
		if err := d.Set(path, lib.Patch.Set[path]); err != nil {
			return fmt.Errorf("checklists: %s: %w", lib.Code, err)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(lib.Patch.Append)) {
		if err := d.Append(path, lib.Patch.Append[path]); err != nil {
			return fmt.Errorf("checklists: %s: %w", lib.Code, err)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(set)) {
		if !slices.Contains(lib.Patch.Allow, path) || strings.HasPrefix(path, "columns.") {
			continue // the reader has complained, or it is a column's attribute
		}
		if err := d.Set(path, set[path]); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrCouldNotAssess, lib.Code, err)
		}
	}
	return nil
}

// patchColumns changes the columns that the measure names.
func patchColumns(d *descriptor.Dataset, lib *checklist.Mitigation, m *descriptor.Measure, set map[string]any) error {
	action, what, _ := strings.Cut(lib.Patch.Columns, ":")
	if action == "" || len(m.Fields) == 0 {
		return nil
	}
	defer claims.Without(d, m.Fields)
	named := func(c descriptor.Column) bool { return c.Name != nil && slices.Contains(m.Fields, *c.Name) }
	if action == "recode" && fmt.Sprint(m.Params["drop"]) == "yes" {
		action = "drop"
	}
	if action == "drop" {
		d.Schema.Fields = slices.DeleteFunc(d.Schema.Fields, named)
		// What was found in a column goes with it.
		d.Profile.PiiHits = slices.DeleteFunc(d.Profile.PiiHits, func(h descriptor.PatternHit) bool {
			return slices.Contains(m.Fields, text(h.Field))
		})
		return nil
	}
	for i := range d.Schema.Fields {
		col := &d.Schema.Fields[i]
		if !named(*col) {
			continue
		}
		switch action {
		case "transform":
			if !slices.Contains(col.Transforms, what) {
				col.Transforms = append(slices.DeleteFunc(col.Transforms, func(t string) bool { return t == "none" }), what)
			}
		case "recode":
			coded := "coded"
			col.ContentKind = &coded
		case "set":
			v, ok := m.Params[lib.Patch.Param].(string)
			if !ok {
				v = lib.Patch.Default
			}
			if err := col.Set(what, v); err != nil {
				return fmt.Errorf("%w: %s: %w", ErrCouldNotAssess, lib.Code, err)
			}
		default:
			return fmt.Errorf("checklists: %s: a patch of columns cannot %s", lib.Code, lib.Patch.Columns)
		}
		for path, v := range set {
			attr, ok := strings.CutPrefix(path, "columns.")
			if !ok || !slices.Contains(lib.Patch.Allow, path) {
				continue
			}
			if err := col.Set(attr, v); err != nil {
				return fmt.Errorf("%w: %s: %w", ErrCouldNotAssess, lib.Code, err)
			}
		}
	}
	return nil
}
