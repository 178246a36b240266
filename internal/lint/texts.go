package lint

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/checklist"
)

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// placeholders are the names in braces, sorted, without those given.
func placeholders(s string, without ...string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		if !slices.Contains(without, m[1]) {
			out = append(out, m[1])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// texts checks that every text is there in every language, with the same
// placeholders. The languages are those that any text is in; a placeholder named
// after one leads to the page in that language and is left out in it.
func (l *linter) texts() {
	w := &textWalker{languages: map[string]bool{}}
	for _, part := range []struct {
		file  string
		value any
	}{
		{descriptorFile, l.c.Descriptor}, {riskFile, l.c.Risk}, {opportunityFile, l.c.Opportunity},
		{mitigationsFile, l.c.Efforts}, {mitigationsFile, l.c.Mitigations}, {policyFile, l.c.Policy}, {referencesFile, l.c.Sources},
		{lexiconFile, l.c.Lexicon}, {messagesFile, l.c.Messages},
	} {
		w.file = part.file
		w.walk(reflect.ValueOf(part.value), "", false)
	}
	languages := slices.Sorted(maps.Keys(w.languages))
	for _, t := range w.found {
		for _, lang := range languages {
			s := strings.TrimSpace(t.text[lang])
			if s == "" {
				l.find("text_missing", t.file, "text", t.name, "lang", lang)
			} else if !slices.Equal(placeholders(s, languages...), placeholders(t.text["en"], languages...)) {
				l.find("text_placeholders", t.file, "text", t.name, "lang", lang)
			}
		}
	}
}

// foundText is a text with the name of its place.
type foundText struct {
	file, name string
	text       checklist.Text
}

// textWalker goes through everything that a value holds.
type textWalker struct {
	file      string
	found     []foundText
	languages map[string]bool
}

func (w *textWalker) walk(v reflect.Value, name string, optional bool) {
	if t, ok := v.Interface().(checklist.Text); ok {
		if optional && len(t) == 0 {
			return
		}
		for lang := range t {
			w.languages[lang] = true
		}
		w.found = append(w.found, foundText{w.file, name, t})
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			w.walk(v.Elem(), name, optional)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			tag, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			w.walk(v.Field(i), join2(name, tag), option == "omitempty")
		}
	case reflect.Slice:
		for i := range v.Len() {
			w.walk(v.Index(i), join2(name, label(v.Index(i), i)), false)
		}
	case reflect.Map:
		of := map[string]reflect.Value{}
		for _, k := range v.MapKeys() {
			of[toString(k)] = v.MapIndex(k)
		}
		for _, k := range slices.Sorted(maps.Keys(of)) {
			w.walk(of[k], join2(name, k), false)
		}
	}
}

func join2(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// label names an element of a list by its path, id or code.
func label(v reflect.Value, i int) string {
	if v.Kind() == reflect.Struct {
		for _, field := range []string{"Path", "ID", "Code", "Value", "Level", "Source"} {
			if f := v.FieldByName(field); f.IsValid() && f.Kind() == reflect.String {
				return f.String()
			}
		}
	}
	return strconv.Itoa(i + 1)
}

func toString(v reflect.Value) string {
	if v.Kind() == reflect.String {
		return v.String()
	}
	return fmt.Sprint(v.Interface())
}
