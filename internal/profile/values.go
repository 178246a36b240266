package profile

import (
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// Problem is something about a profile that its author has to mend, at its place.
type Problem = descriptor.Problem

func hasErrors(problems []Problem) bool { return descriptor.HasErrors(problems) }

// root is the outermost mapping of a document, or nil.
func (d *document) root() *yaml.Node {
	if d.Root == nil || d.Root.Kind != yaml.MappingNode {
		return nil
	}
	return d.Root
}

// pairs are the keys and values of a mapping; nothing for another node.
func pairs(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		if n == nil || n.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

// member is the value with a key, or nil.
func member(n *yaml.Node, name string) *yaml.Node {
	for k, v := range pairs(n) {
		if k.Value == name {
			return v
		}
	}
	return nil
}

// values reads the values of one document and notes what is wrong with them.
type values struct {
	d        *document
	problems *[]Problem
	// language is that of plain texts; empty for the first of the profile.
	language string
	// label names in words what is spoken of: the title of an item.
	label map[string]string
}

// problem notes a problem; params are names and values in turn; no
// "nearest" and "allowed" are empty.
func (v *values) problem(n *yaml.Node, code, path string, params ...string) {
	m := map[string]string{}
	for k, text := range v.label {
		m[k] = text
	}
	for i := 0; i+1 < len(params); i += 2 {
		if optional := params[i] == "nearest" || params[i] == "allowed"; params[i+1] != "" || !optional {
			m[params[i]] = descriptor.Shown(params[i+1])
			if params[i] == "allowed" {
				m[params[i]] = params[i+1]
			}
		}
	}
	*v.problems = append(*v.problems, v.d.Problem(n, code, path, m))
}

// element is an entry of a list, or the single value in place of one.
func (v *values) element(n *yaml.Node, i int) *yaml.Node {
	if n.Kind == yaml.SequenceNode && i < len(n.Content) {
		return n.Content[i]
	}
	return n
}

func isText(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.Tag != "!!null" || n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0)
}

func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "group"
	case yaml.SequenceNode:
		return "list"
	}
	if n.Tag == "!!null" {
		return "nothing"
	}
	return "text"
}

// text reads a text that is not empty.
func (v *values) text(n *yaml.Node, path string) string {
	if !isText(n) {
		v.problem(n, "wrong_kind", path, "expected", "text", "was", kindOf(n))
		return ""
	}
	s := strings.TrimSpace(n.Value)
	if s == "" {
		v.problem(n, "profile.blank", path)
	}
	return s
}

// texts reads a list of texts; a single one may stand alone.
func (v *values) texts(n *yaml.Node, path string) []string {
	if isText(n) {
		if s := v.text(n, path); s != "" {
			return []string{s}
		}
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		v.problem(n, "wrong_kind", path, "expected", "texts", "was", kindOf(n))
		return nil
	}
	var out []string
	for _, c := range n.Content {
		if s := v.text(c, path); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// oneOf reads one of the allowed values.
func (v *values) oneOf(n *yaml.Node, path string, allowed []string) string {
	s := v.text(n, path)
	if s != "" && !slices.Contains(allowed, s) {
		v.problem(n, "profile.not_allowed", path, "found", s, "nearest", descriptor.Nearest(s, allowed), "allowed", strings.Join(allowed, ", "))
		return ""
	}
	return s
}

// number reads a number between two bounds.
func (v *values) number(n *yaml.Node, path string, low, high float64, whole bool) (float64, bool) {
	s := v.text(n, path)
	if s == "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil && strings.Count(s, ",") == 1:
		v.problem(n, "decimal_comma", path, "found", s, "right", strings.Replace(s, ",", ".", 1))
	case err != nil || math.IsNaN(x) || math.IsInf(x, 0):
		v.problem(n, "profile.not_number", path, "found", s)
	case whole && x != math.Trunc(x):
		v.problem(n, "not_whole", path, "found", s)
	case x < low || x > high:
		v.problem(n, "profile.out_of_range", path, "found", s, "low", format(low), "high", format(high))
	default:
		return x, true
	}
	return 0, false
}

func format(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// yesNo reads a yes or no; YAML's true and false do as well.
func (v *values) yesNo(n *yaml.Node, path string) bool {
	switch s := v.text(n, path); s {
	case "yes", "true":
		return true
	case "no", "false", "":
	default:
		v.problem(n, "profile.yes_or_no", path, "found", s)
	}
	return false
}

// date reads a day.
func (v *values) date(n *yaml.Node, path string) string {
	s := v.text(n, path)
	if s == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		v.problem(n, "profile.not_date", path, "found", s)
		return ""
	}
	return s
}

// langText reads a text in one or several languages. A plain text is in the
// language of the file, else in the first of languages.
func (v *values) langText(n *yaml.Node, path string, languages []string) checklist.Text {
	if isText(n) {
		lang := v.language
		if lang == "" && len(languages) > 0 {
			lang = languages[0]
		}
		if lang == "" {
			lang = "en"
		}
		if s := v.text(n, path); s != "" {
			return checklist.Text{lang: s}
		}
		return nil
	}
	if n.Kind != yaml.MappingNode {
		v.problem(n, "wrong_kind", path, "expected", "languages", "was", kindOf(n))
		return nil
	}
	out := checklist.Text{}
	for key, value := range pairs(n) {
		lang := key.Value
		switch {
		case !languageForm.MatchString(lang):
			v.problem(key, "profile.language_form", path, "found", lang)
		case len(languages) > 0 && !slices.Contains(languages, lang) && !slices.Contains(checklist.Languages, lang):
			v.problem(key, "profile.unknown_language", path, "found", lang, "allowed", strings.Join(languages, ", "))
		default:
			if s := v.text(value, path+"."+lang); s != "" {
				out[lang] = s
			}
		}
	}
	return out
}

// group gives the members of a group of keys and notes those that do not belong.
func (v *values) group(n *yaml.Node, path string, keys ...string) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		if n.Kind != yaml.MappingNode {
			v.problem(n, "wrong_kind", path, "expected", "group", "was", kindOf(n))
			return
		}
		for key, value := range v.unique(n, path) {
			if !slices.Contains(keys, key.Value) {
				v.unknownKey(key, path, keys)
				continue
			}
			if !yield(key, value) {
				return
			}
		}
	}
}

func (v *values) unknownKey(key *yaml.Node, path string, keys []string) {
	v.problem(key, "profile.unknown_key", path, "found", key.Value, "nearest", descriptor.Nearest(key.Value, keys), "allowed", strings.Join(keys, ", "))
}

// unique gives the members of a mapping and notes keys that are there twice.
func (v *values) unique(n *yaml.Node, path string) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		seen := map[string]bool{}
		for key, value := range pairs(n) {
			if seen[key.Value] {
				v.problem(key, "profile.twice", path, "found", key.Value)
				continue
			}
			seen[key.Value] = true
			if !yield(key, value) {
				return
			}
		}
	}
}
