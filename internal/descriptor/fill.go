package descriptor

import (
	"encoding/json"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// filler lays a tree into a Dataset and notes what does not fit.
type filler struct {
	shape    *catalogueShape
	tree     *tree
	findings *findings
	path     []step
	memory   memory
}

// step is a part of a path: a name, or the index of an entry.
type step struct {
	name  string
	index int
}

func (w *filler) enter(name string) { w.path = append(w.path, step{name: name}) }
func (w *filler) entry(index int)   { w.path = append(w.path, step{index: index}) }
func (w *filler) leave()            { w.path = w.path[:len(w.path)-1] }

// at is the path of the value at hand.
func (w *filler) at() string {
	var b strings.Builder
	for _, s := range w.path {
		switch {
		case s.name == "":
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		case b.Len() == 0:
			b.WriteString(s.name)
		default:
			b.WriteString("." + s.name)
		}
	}
	return b.String()
}

// note adds a finding about the value at hand.
func (w *filler) note(i int32, code string, params ...string) *finding {
	return w.findings.add(w.tree.value(i).place, code, w.at(), paramsOf(params))
}

// group reads the fields of a mapping into a struct.
func (w *filler) group(i int32, s *shape, v reflect.Value) {
	var seen [2]uint64 // a bit for each member; no group has more than 128
	for k, val := range w.tree.pairs(i) {
		name, ok := w.key(k)
		if !ok {
			continue
		}
		m := s.byName[name]
		if m == nil {
			w.unknown(k, name, s)
			continue
		}
		word, bit := m.index>>6&1, uint64(1)<<(m.index&63)
		if seen[word]&bit != 0 {
			w.duplicate(i, k, name)
			continue
		}
		seen[word] |= bit
		w.enter(name)
		w.member(val, m, v.Field(m.index))
		w.leave()
	}
}

// key returns the text of a key.
func (w *filler) key(k int32) (string, bool) {
	n := w.tree.value(k)
	was := kindOf(n)
	switch {
	case n.kind == nodeBad:
		return "", false
	case n.kind == nodeText && strings.TrimSpace(n.text) != "":
		return n.text, true
	case n.kind == nodeText:
		was = "nothing"
	}
	w.note(k, codeKeyKind, "was", was)
	return "", false
}

func (w *filler) duplicate(i, k int32, name string) {
	first, _, _ := w.tree.member(i, name)
	w.enter(name)
	w.note(k, codeDuplicateKey, "found", shown(name)).other = w.tree.nodes[first].place
	w.leave()
}

// unknown notes a key that the catalogue does not know, with the name that was
// probably meant.
func (w *filler) unknown(k int32, name string, s *shape) {
	code := codeUnknownField
	if s.path == "" {
		code = codeUnknownSection
	}
	parent := w.at()
	f := w.findings.add(w.tree.value(k).place, code, joinPath(parent, shown(name)), map[string]string{"found": shown(name), "parent": parent})
	if w.findings.full() {
		return
	}
	w.suggest(f.params, name, parent, s)
}

// suggest adds to params what was probably meant: a name of the same group that
// is written in another way or of which this is a part, the same name in another
// group, a similar one here, a similar one elsewhere; and if nothing is near,
// the known names.
func (w *filler) suggest(params map[string]string, name, parent string, s *shape) {
	here := strings.TrimSuffix(s.path, "[]")
	near := nearest(name, s.names)
	elsewhere := w.shape.elsewhere(name, here)
	switch {
	case near != "" && (elsewhere == nil || sameName(near, name) || onlyPart(string(folded(name)), s.names) == near):
		params["nearest"] = near
		w.findings.blamed = append(w.findings.blamed, joinPath(parent, near))
		return
	case elsewhere == nil:
		if name = nearest(name, w.shape.names); name != "" {
			elsewhere = w.shape.elsewhere(name, here)
		}
	}
	if elsewhere == nil {
		params["allowed"] = listed(s.names)
		return
	}
	bare := name[strings.LastIndexByte(name, '.')+1:]
	for _, p := range elsewhere {
		w.findings.blamed = append(w.findings.blamed, joinPath(p, bare))
	}
	params["name"] = shown(bare)
	if elsewhere[0] == "" {
		params["top"] = "yes"
		return
	}
	params["elsewhere"] = listed(elsewhere)
}

// kindOf names what stands in a node; see the messages "problem.part.kind.".
func kindOf(n *node) string {
	switch n.kind {
	case nodeList:
		return "list"
	case nodeMapping:
		return "group"
	case nodeText:
		if n.plain && len(n.text) == jsonNumber(n.text) {
			return "number"
		}
		return "text"
	}
	return "nothing"
}

func (w *filler) wrongKind(i int32, expected string) {
	w.note(i, codeWrongKind, "expected", expected, "was", kindOf(w.tree.value(i)))
}

// member reads the value of a field.
func (w *filler) member(i int32, m *member, v reflect.Value) {
	i = w.tree.resolve(i)
	n := &w.tree.nodes[i]
	switch {
	case n.kind == nodeNull:
		return
	case n.kind == nodeBad:
		w.findings.blamed = append(w.findings.blamed, w.at())
		return
	case m.kind >= kindFree && n.kind == nodeText && n.text == Unknown:
		return // "unknown" for a whole group is no answer to any of its fields
	}
	switch m.kind {
	case kindText:
		w.fillText(i, v.Addr().Interface().(**string))
	case kindNumber:
		w.fillNumber(i, v.Addr().Interface().(**Number))
	case kindTexts:
		w.fillTexts(i, v.Addr().Interface().(*[]string))
	case kindLang:
		w.fillLang(i, v.Addr().Interface().(*LangText))
	case kindFree:
		if n.kind != nodeMapping {
			w.wrongKind(i, m.kind.expected())
			return
		}
		*v.Addr().Interface().(*map[string]any), _ = w.free(i).(map[string]any)
	case kindGroup:
		if n.kind != nodeMapping {
			w.wrongKind(i, m.kind.expected())
			return
		}
		w.group(i, m.of, v)
	case kindGroups:
		w.fillGroups(i, m, v)
	}
}

// scalar returns the text of a node that has to be one.
func (w *filler) scalar(i int32, expected string) (string, bool) {
	n := w.tree.value(i)
	if n.kind != nodeText {
		w.wrongKind(i, expected)
		return "", false
	}
	if c := control(n.text); c >= 0 {
		w.note(i, codeControlCharacter, "found", codePoint(c))
		return "", false
	}
	return n.text, true
}

// control returns the first control character of a text that is no tab or line
// end, or -1. YAML and JSON can both write any character by its number.
func control(s string) rune {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7F {
			return rune(c)
		}
	}
	return -1
}

func (w *filler) fillText(i int32, to **string) {
	if s, ok := w.scalar(i, kindText.expected()); ok {
		*to = w.memory.text(s)
	}
}

func (w *filler) fillNumber(i int32, to **Number) {
	s, ok := w.scalar(i, kindNumber.expected())
	switch {
	case !ok:
	case s == Unknown:
		*to = w.memory.number(Number{Unknown: true})
	case s != "" && jsonNumber(s) == len(s):
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsInf(v, 0) {
			w.note(i, codeNotNumber, "found", shown(s))
			return
		}
		*to = w.memory.number(Number{Value: v})
	default:
		w.notNumber(i, s)
	}
}

var decimalComma = regexp.MustCompile(`^-?\d+,\d+$`)

// notNumber notes a text that is no number, with the number that was probably
// meant. What has three digits behind a comma may mean thousands as well, so
// nothing is proposed for it.
func (w *filler) notNumber(i int32, s string) {
	if strings.TrimSpace(s) == "" {
		w.note(i, codeBlank)
		return
	}
	if decimalComma.MatchString(s) {
		params := []string{"found", shown(s)}
		if len(s)-strings.IndexByte(s, ',') != len(",000") {
			params = append(params, "nearest", strings.Replace(s, ",", ".", 1))
		}
		w.note(i, codeDecimalComma, params...)
		return
	}
	f := w.note(i, codeNotNumber, "found", shown(s))
	bare := strings.Map(func(r rune) rune {
		switch r {
		case ' ', 0xA0, 0x202F, 0x2009, '_', '\'', '’', '+': // signs between thousands
			return -1
		}
		return r
	}, s)
	switch {
	case bare != "" && jsonNumber(bare) == len(bare):
		f.params["nearest"] = bare
	case sameName(s, Unknown):
		f.params["nearest"] = Unknown
	}
}

func (w *filler) fillTexts(i int32, to *[]string) {
	n := w.tree.value(i)
	if n.kind == nodeText {
		if s, ok := w.scalar(i, kindTexts.expected()); ok {
			*to = []string{s}
		}
		return
	}
	if n.kind != nodeList {
		w.wrongKind(i, kindTexts.expected())
		return
	}
	list := []string{} // an empty list is an answer, nil is none
	for c := range w.tree.children(i) {
		w.entry(len(list))
		// A refused entry keeps its place, so that the others keep theirs.
		s := Unknown
		if !w.emptyEntry(c) {
			if text, ok := w.scalar(c, kindText.expected()); ok {
				s = text
			}
		}
		list = append(list, s)
		w.leave()
	}
	*to = list
}

// emptyEntry notes an entry of a list that says nothing, and tells whether it is
// one or was refused before.
func (w *filler) emptyEntry(i int32) bool {
	switch w.tree.value(i).kind {
	case nodeNull:
		w.note(i, codeEmptyEntry)
		return true
	case nodeBad:
		w.findings.blamed = append(w.findings.blamed, w.at())
		return true
	}
	return false
}

var languageCode = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func (w *filler) fillLang(i int32, to *LangText) {
	switch n := w.tree.value(i); n.kind {
	case nodeText:
		if s, ok := w.scalar(i, kindLang.expected()); ok {
			*to = LangText{"und": s}
		}
	case nodeMapping:
		texts := LangText{}
		w.named(i, func(lang string, k, v int32) {
			if !isLanguageCode(lang) {
				f := w.note(k, codeLanguageCode, "found", shown(lang))
				if lower := strings.ToLower(lang); languageCode.MatchString(lower) {
					f.params["nearest"] = lower
				}
				return
			}
			if s, ok := w.scalar(v, kindText.expected()); ok {
				texts[lang] = s
			}
		})
		if len(texts) > 0 {
			*to = texts
		}
	default:
		w.wrongKind(i, kindLang.expected())
	}
}

// named calls fn for each member of a mapping whose names the catalogue does
// not fix, apart from those without a value.
func (w *filler) named(i int32, fn func(name string, k, v int32)) {
	seen := map[string]bool{}
	for k, v := range w.tree.pairs(i) {
		name, ok := w.key(k)
		switch {
		case !ok:
			continue
		case seen[name]:
			w.duplicate(i, k, name)
			continue
		}
		seen[name] = true
		w.enter(name)
		switch w.tree.value(v).kind {
		case nodeNull:
		case nodeBad:
			w.findings.blamed = append(w.findings.blamed, w.at())
		default:
			fn(name, k, v)
		}
		w.leave()
	}
}

// free reads a value that the catalogue does not describe: texts, lists of such
// values, and values by name.
func (w *filler) free(i int32) any {
	i = w.tree.resolve(i)
	switch n := &w.tree.nodes[i]; n.kind {
	case nodeMapping:
		values := map[string]any{}
		w.named(i, func(name string, _, v int32) { values[name] = w.free(v) })
		return values
	case nodeList:
		values := []any{}
		for c := range w.tree.children(i) {
			w.entry(len(values))
			if !w.emptyEntry(c) {
				values = append(values, w.free(c))
			}
			w.leave()
		}
		return values
	}
	s, _ := w.scalar(i, kindText.expected())
	return s
}

func (w *filler) fillGroups(i int32, m *member, v reflect.Value) {
	if w.tree.nodes[i].kind != nodeList {
		w.wrongKind(i, m.kind.expected())
		return
	}
	n := 0
	for range w.tree.children(i) {
		n++
	}
	list := reflect.MakeSlice(v.Type(), n, n)
	index := 0
	for c := range w.tree.children(i) {
		w.entry(index)
		if !w.emptyEntry(c) {
			w.fillEntry(w.tree.resolve(c), m, list.Index(index))
		}
		w.leave()
		index++
	}
	v.Set(list)
}

func (w *filler) fillEntry(i int32, m *member, v reflect.Value) {
	n := &w.tree.nodes[i]
	switch {
	case n.kind == nodeMapping:
		w.group(i, m.of, v)
	case n.kind == nodeText && m.plain:
		s, ok := w.scalar(i, "group")
		if !ok {
			return
		}
		quoted, err := json.Marshal(s)
		if err == nil {
			err = v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(quoted)
		}
		if err != nil {
			w.wrongKind(i, "group")
		}
	default:
		w.wrongKind(i, "group")
	}
}

// listed is a list of names for people, the first twelve.
func listed(names []string) string {
	const most = 12
	if len(names) > most {
		names = append(slices.Clone(names[:most]), "…")
	}
	return strings.Join(names, ", ")
}

// shown is a text as it may stand in a message: its beginning, on one line.
func shown(s string) string {
	const longest = 60
	cut := len(s)
	if n := 0; utf8.RuneCountInString(s) > longest {
		for cut = range s {
			if n++; n == longest {
				break
			}
		}
	}
	short := strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s[:cut])
	if cut < len(s) {
		short += "…"
	}
	return visible(strings.ToValidUTF8(short, "\uFFFD"))
}

func codePoint(r rune) string {
	s := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return "U+" + strings.Repeat("0", max(0, 4-len(s))) + s
}
