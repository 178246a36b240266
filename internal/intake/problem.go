package intake

import (
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/intake/answer"
	"puntari/internal/spreadsheet"
	"puntari/internal/wording"
)

// ownCode begins the codes of problems that only forms have.
const ownCode = "form."

// note notes a problem of a cell.
func (x *reading) note(path string, at place, code string, params ...string) {
	p := descriptor.Problem{
		File: x.name, Line: at.spot.Row, Column: at.spot.Column, Code: code, Path: path, Severity: descriptor.SeverityError,
		Params: map[string]string{"sheet": at.sheet, "cell": spreadsheet.At(at.spot.Column, at.spot.Row)},
	}
	for i := 0; i+1 < len(params); i += 2 {
		p.Params[params[i]] = short(params[i+1])
	}
	x.problems = append(x.problems, p)
}

// short is the beginning of a text, on one line.
func short(s string) string {
	return spreadsheet.Cut(strings.Join(strings.Fields(spreadsheet.Clean(s)), " "), 60)
}

// blamed tells whether a problem of a cell speaks of the path or of something
// around it, so that nothing else needs to be said.
func (x *reading) blamed(path string) bool {
	for _, p := range x.problems {
		if p.Path != "" && (p.Path == path || strings.HasPrefix(path, p.Path) && strings.ContainsRune(".[", rune(path[len(p.Path)]))) {
			return true
		}
	}
	return false
}

// placed moves a problem from where the reader found it to its cell.
func (x *reading) placed(p descriptor.Problem) descriptor.Problem {
	p.Line, p.Column, p.Excerpt, p.Caret = 1, 1, "", 0
	for path := p.Path; path != ""; path = path[:max(strings.LastIndexAny(path, ".["), 0)] {
		at, ok := x.places[path]
		if !ok {
			continue
		}
		p.Line, p.Column = at.spot.Row, at.spot.Column
		p.Params["sheet"], p.Params["cell"] = at.sheet, spreadsheet.At(at.spot.Column, at.spot.Row)
		break
	}
	return p
}

// Concerns tells whether a problem is one of a filled form, for [Format].
func Concerns(p descriptor.Problem) bool {
	return p.Params["cell"] != "" || strings.HasPrefix(p.Code, ownCode)
}

// Format is a problem of a form with its sheet, cell and question, as a line for
// the terminal.
func Format(p descriptor.Problem, w *wording.Words) string {
	text := Text(p, w)
	if p.Params["cell"] == "" {
		return p.File + ": " + text
	}
	question := questionOf(p, w)
	// A sentence that begins with the field need not say it again.
	if rest, ok := strings.CutPrefix(text, question+" ("+p.Path+"): "); ok {
		text = rest
	}
	return w.Message("form.problem.place", map[string]string{
		"file": p.File, "sheet": p.Params["sheet"], "cell": p.Params["cell"], "question": question, "text": text})
}

// questionOf is the label of the question that a problem is about, with the name
// of the column of the data where there is one.
func questionOf(p descriptor.Problem, w *wording.Words) string {
	path := pattern(p.Path)
	for ; path != ""; path = path[:max(strings.LastIndexAny(path, ".["), 0)] {
		if f, _ := w.Field(path); f != nil {
			if column := p.Params["column"]; column != "" {
				return w.Message("common.field_of_column", map[string]string{"field": f.Label.In(w.Lang), "column": column})
			}
			return f.Label.In(w.Lang)
		}
	}
	return w.Message("common.columns", nil)
}

// Text is a problem of a form as a sentence or two.
func Text(p descriptor.Problem, w *wording.Words) string {
	own, ok := strings.CutPrefix(p.Code, ownCode)
	if !ok {
		return p.Text(w.Catalogue, w.Lang)
	}
	params := map[string]string{}
	for k, v := range p.Params {
		params[k] = v
	}
	if paths := p.Params["paths"]; paths != "" {
		params["questions"] = someLabels(strings.Fields(paths), w)
	}
	s := w.Message("form.problem."+own, params)
	if own != "not_in_list" {
		return s
	}
	f, _ := w.Field(pattern(p.Path))
	if f == nil {
		return s
	}
	labels := labelsOf(f, w)
	if near := nearest(p.Params["found"], labels); near != "" {
		return s + " " + w.Message("form.problem.nearest", map[string]string{"nearest": near})
	}
	if len(labels) == 0 {
		return s
	}
	return s + " " + w.Message("form.problem.allowed", map[string]string{"allowed": some(labels)})
}

// pattern is a path as the catalogue writes it.
func pattern(path string) string {
	var b strings.Builder
	inside := false
	for _, r := range path {
		switch {
		case r == '[':
			inside = true
			b.WriteString("[]")
		case r == ']':
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	return strings.TrimSuffix(b.String(), "[]")
}

// labelsOf are the labels that may be chosen for a field.
func labelsOf(f *checklist.Field, w *wording.Words) []string {
	var out []string
	if f.ElementType() == "tri" {
		out = append(out, w.Message("common.yes", nil), w.Message("common.no", nil))
	}
	for _, v := range f.Values {
		out = append(out, v.Label.In(w.Lang))
	}
	if len(out) > 0 {
		out = append(out, w.Message("common.unknown", nil))
	}
	return out
}

// some names the first of several things.
func some(list []string) string {
	const most = 10
	if len(list) > most {
		return strings.Join(list[:most], ", ") + ", …"
	}
	return strings.Join(list, ", ")
}

func someLabels(paths []string, w *wording.Words) string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = w.Label(p)
	}
	return some(out)
}

// nearest is the label that was probably meant: one that begins alike or holds
// what was written.
func nearest(found string, labels []string) string {
	found = answer.Fold(found)
	if len([]rune(found)) < 3 {
		return ""
	}
	hit := ""
	for _, l := range labels {
		if strings.Contains(answer.Fold(l), found) || strings.Contains(found, answer.Fold(l)) && len(l) > 3 {
			if hit != "" {
				return ""
			}
			hit = l
		}
	}
	return hit
}
