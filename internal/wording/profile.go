package wording

import (
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
)

// Profile names the profile of an assessment: the organisation and the version.
func (w *Words) Profile(p *assessment.Profile) string {
	return strings.TrimSpace(checklist.Text(p.Name).In(w.Lang) + " " + p.Version)
}

// Layers names the jurisdiction layers of a profile.
func (w *Words) Layers(p *assessment.Profile) string {
	var out []string
	for _, l := range p.Layers {
		out = append(out, strings.TrimSpace(l.Code+" "+l.Version))
	}
	if len(out) == 0 {
		return w.Message("profile.no_layers", nil)
	}
	return strings.Join(out, ", ")
}

// Override says in a sentence or two what a profile changed and why.
func (w *Words) Override(o *assessment.Override) string {
	m := map[string]string{"name": o.Name, "before": o.Before, "after": o.After, "key": w.overrideKey(o.Key)}
	key := "profile.change." + o.Kind
	switch {
	case o.Kind == "overridden" && o.Before == "":
		key += "_new"
	case o.Kind == "overridden" && o.After == "":
		key += "_gone"
	}
	parts := []string{w.Message(key, m)}
	if days := w.Validity(checklist.Validity{ValidFrom: o.From, ValidTo: o.To}); days != "" {
		parts[0] += " (" + days + ")"
	}
	parts[0] += "."
	if because := checklist.Text(o.Because).In(w.Lang); because != "" {
		parts = append(parts, w.Message("profile.change.because", map[string]string{"because": strings.TrimSuffix(because, ".")}))
	}
	if len(o.Weakens) > 0 {
		parts = append(parts, w.Message("profile.change.weakens", map[string]string{"stops": strings.Join(o.Weakens, ", ")}))
	}
	return strings.Join(parts, " ")
}

// overrideKey names what of a thing was changed.
func (w *Words) overrideKey(key string) string {
	name := "profile.key." + key[strings.LastIndexByte(key, '.')+1:]
	if _, ok := w.Catalogue.Messages[name]; !ok {
		return key
	}
	return w.Message(name, nil)
}
