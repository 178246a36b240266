package intake

import (
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/intake/answer"
)

// nothing is the code of the answer that a list is empty.
const nothing = "-"

// vocabulary is a list to choose from.
type vocabulary struct {
	key     string
	options []option
}

// option is an entry of a list.
type option struct {
	code  string
	label checklist.Text
}

// triKey is the key of the list that all yes-or-no questions share.
const triKey = "yes_no"

// vocabulary is the list of a question.
func (f *Form) vocabulary(q *question) *vocabulary {
	v := &vocabulary{key: q.key}
	message := func(code, key string) {
		v.options = append(v.options, option{code, f.catalogue.Messages[key]})
	}
	switch {
	case q.ElementType() == "tri":
		v.key = triKey
		message("yes", "common.yes")
		message("no", "common.no")
	case q.Path == "mitigations[].code":
		for _, m := range f.catalogue.Mitigations {
			label := checklist.Text{}
			for lang, name := range m.Name {
				label[lang] = m.Code + " " + name
			}
			v.options = append(v.options, option{m.Code, label})
		}
		return v
	}
	empty := q.IsList() && !q.EmptyIsNoAnswer
	for _, x := range q.Values {
		v.options = append(v.options, option{x.Value, x.Label})
		empty = empty && x.Value != "none"
	}
	if empty {
		message(nothing, "form.none")
	}
	message(descriptor.Unknown, "common.unknown")
	return v
}

// code is the code of what somebody wrote: a label in any language, that of the
// form first, or the code itself; or false.
func (v *vocabulary) code(s, lang string) (string, bool) {
	s = answer.Fold(s)
	for _, o := range v.options {
		if answer.Fold(o.label.In(lang)) == s {
			return o.code, true
		}
	}
	for _, o := range v.options {
		if answer.Fold(o.code) == s && o.code != nothing {
			return o.code, true
		}
		for _, l := range o.label {
			if answer.Fold(l) == s {
				return o.code, true
			}
		}
	}
	return "", false
}

// label is what stands for a code in the form, or the code itself where the list
// does not have it.
func (v *vocabulary) label(code, lang string) string {
	for _, o := range v.options {
		if o.code == code {
			return o.label.In(lang)
		}
	}
	return code
}
