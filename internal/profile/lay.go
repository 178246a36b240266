package profile

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

// laying lays the files of layers and of an organisation over a catalogue, one
// after the other.
type laying struct {
	c *checklist.Catalogue
	// layer is the code of the layer that is laid; empty for the organisation.
	layer string
	// languages are those of the organisation.
	languages  []string
	identifier string

	problems []Problem
	changes  []Change
	// added are the items that the organisation added, with their places.
	added []addition
}

// addition is an item that was added.
type addition struct {
	id   string
	v    *values
	node *yaml.Node
}

// entry is one entry of a section on its way into the catalogue: the changes to one
// thing, with the reason and the dates that hold for all of them.
type entry struct {
	*values
	l             *laying
	section, name string
	// key and node are its name and its content in the file.
	key, node *yaml.Node
	because   checklist.Text
	from, to  string
	isNew     bool
	retire    bool
	weakens   []string
	weakened  []string // the stops that it was found to weaken
	valued    bool     // something else than a text was changed
}

func (e *entry) path(key string) string {
	p := e.section + "." + e.name
	if key != "" {
		p += "." + key
	}
	return p
}

// change notes a change of the organisation.
func (e *entry) change(kind, key, before, after string, at *yaml.Node) {
	if e.l.layer != "" {
		return
	}
	c := Change{
		Kind: kind, Section: e.section, Name: e.name, Key: key, Before: before, After: after,
		Because: e.because, From: e.from, To: e.to, Weakens: e.weakens,
	}
	p := e.d.Problem(at, "", "", nil)
	c.File, c.Line = p.File, p.Line
	e.l.changes = append(e.l.changes, c)
}

// documents lays files over the catalogue.
func (l *laying) documents(files []*document) {
	l.c.Changed()
	// What is added in one file may be spoken of in another, so the sections come in
	// their order and not in that of the files.
	for _, s := range sections {
		for _, d := range files {
			if n := member(d.root(), s.key); n != nil {
				l.section(s, d, n)
			}
		}
	}
	var known []string
	for _, s := range sections {
		known = append(known, s.key)
	}
	for _, d := range files {
		v := &values{d: d, problems: &l.problems}
		for key := range v.unique(d.root(), "") {
			switch {
			case slices.Contains(known, key.Value):
			case l.layer == "" && slices.Contains(headKeys, key.Value):
				if d.language != "" || !isHead(d) {
					v.problem(key, "profile.head_elsewhere", key.Value, "found", key.Value)
				}
			case l.layer != "" && (key.Value == "name" || key.Value == "version"):
			default:
				keys := known
				if l.layer == "" && isHead(d) {
					keys = append(slices.Clone(headKeys), known...)
				}
				v.unknownKey(key, "", keys)
			}
		}
	}
}

// isHead tells whether a document is organisation.yaml.
func isHead(d *document) bool {
	return strings.HasSuffix(d.Problem(nil, "", "", nil).File, File)
}

// section lays one section of a file.
func (l *laying) section(s *section, d *document, n *yaml.Node) {
	v := &values{d: d, problems: &l.problems, language: d.language}
	if n.Kind != yaml.MappingNode {
		v.problem(n, "wrong_kind", s.key, "expected", "group", "was", kindOf(n))
		return
	}
	for key, node := range v.unique(n, s.key) {
		if s.text != nil { // a text by itself, such as a message of the program
			l.plainText(s, v, key, node)
			continue
		}
		// Several changes of one thing follow each other in time as a list.
		list := []*yaml.Node{node}
		if node.Kind == yaml.SequenceNode {
			list = node.Content
		}
		for _, node := range list {
			e := &entry{values: v, l: l, section: s.key, name: key.Value, key: key, node: node}
			e.lay(s)
		}
	}
}

// plainText lays a text that has nothing else to it.
func (l *laying) plainText(s *section, v *values, key, node *yaml.Node) {
	e := &entry{values: v, l: l, section: s.key, name: key.Value, key: key, node: node}
	t, ok := s.text(l.c, key.Value)
	if !ok {
		e.unknown(s.names(l.c))
		return
	}
	e.text(reflect.ValueOf(&t).Elem(), node, "", checklist.Placeholders(t), false)
	s.setText(l.c, key.Value, t)
}

func (e *entry) unknown(names []string) {
	e.problem(e.key, "profile.unknown_name", e.section, "found", e.name, "nearest", descriptor.Nearest(e.name, names))
}

// metaKeys are the keys of an entry that say something of the change itself.
var metaKeys = []string{"because", "from", "to", "new", "retire", "weakens"}

// meta reads them.
func (e *entry) meta(s *section) bool {
	if e.node.Kind != yaml.MappingNode {
		e.problem(e.node, "wrong_kind", e.path(""), "expected", "group", "was", kindOf(e.node))
		return false
	}
	for key, n := range e.unique(e.node, e.path("")) {
		switch key.Value {
		case "because":
			e.because = e.langText(n, e.path("because"), e.l.languages)
		case "from":
			e.from = e.date(n, e.path("from"))
		case "to":
			e.to = e.date(n, e.path("to"))
		case "new":
			e.isNew = e.yesNo(n, e.path("new"))
		case "retire":
			if !s.retires {
				e.problem(key, "profile.cannot_retire", e.path("retire"))
				continue
			}
			e.retire = e.yesNo(n, e.path("retire"))
		case "weakens":
			e.weakens = e.texts(n, e.path("weakens"))
			var stops []string
			for _, h := range e.l.c.Policy.HardStops {
				stops = append(stops, h.Code)
			}
			for i, stop := range e.weakens {
				if !slices.Contains(stops, stop) {
					e.problem(e.element(n, i), "profile.not_allowed", e.path("weakens"), "found", stop, "allowed", strings.Join(stops, ", "))
				}
			}
		}
	}
	if e.from != "" && e.to != "" && e.from > e.to {
		e.problem(member(e.node, "to"), "profile.ends_before", e.path("to"), "from", e.from, "to", e.to)
	}
	return true
}

// lay changes, adds or retires the thing that the entry speaks of.
func (e *entry) lay(s *section) {
	if !e.meta(s) {
		return
	}
	names := s.names(e.l.c)
	exists := slices.Contains(names, e.name)
	switch {
	case e.isNew && !s.adds:
		e.problem(member(e.node, "new"), "profile.cannot_add", e.path("new"))
		return
	case e.isNew && exists:
		e.problem(e.key, "profile.exists", e.path(""), "found", e.name)
		return
	case !e.isNew && !exists:
		e.unknown(names)
		return
	}
	if e.section == "items" {
		e.label = map[string]string{"item": e.name}
		defer func() { e.label = nil }()
	}
	if e.isNew {
		e.add(s)
		return
	}
	if e.retire {
		e.retireItem()
		e.admitted()
		e.reasoned()
		return
	}
	// What has dates is made on a copy, which takes the place of the thing on its days.
	target := s.get(e.l.c, e.name)
	changed := reflect.New(target.Type().Elem())
	changed.Elem().Set(target.Elem())
	e.fields(s, changed)
	switch p, isParam := changed.Interface().(*checklist.Param); {
	case e.from+e.to == "":
		s.set(e.l.c, e.name, changed)
	case isParam:
		dated := checklist.DatedValue{Value: p.Value, Basis: p.Basis, Read: p.Read, Validity: e.validity()}
		usual := *target.Interface().(*checklist.Param)
		usual.Dated = append([]checklist.DatedValue{dated}, usual.Dated...)
		s.set(e.l.c, e.name, reflect.ValueOf(&usual))
	default:
		e.l.c.Edit(e.validity(), e.source(), func(c *checklist.Catalogue) {
			if slices.Contains(s.names(c), e.name) {
				s.set(c, e.name, changed)
			}
		})
	}
	e.admitted()
	e.reasoned()
}

// validity is when the change is in force.
func (e *entry) validity() checklist.Validity {
	return checklist.Validity{ValidFrom: e.from, ValidTo: e.to}
}

// source is the text of the entry, for the digest of the catalogue.
func (e *entry) source() string {
	data, err := yaml.Marshal(e.node)
	if err != nil {
		panic(err) // what was parsed is written again
	}
	return e.path("") + "\n" + string(data)
}

// reasoned makes sure that a change of more than words has its reason.
func (e *entry) reasoned() {
	if e.l.layer == "" && len(e.because) == 0 && (e.valued || e.retire || e.isNew || len(e.weakened) > 0) && member(e.node, "because") == nil {
		e.problem(e.key, "profile.no_reason", e.path(""), "found", e.name)
	}
}

// admitted makes sure that the hard stops that the entry weakens are those that it
// admits to weaken.
func (e *entry) admitted() {
	var missing []string
	for _, stop := range e.weakened {
		if !slices.Contains(e.weakens, stop) {
			missing = append(missing, stop)
		}
	}
	if len(missing) > 0 {
		e.problem(e.key, "profile.weakens", e.path(""), "found", e.name, "stops", strings.Join(missing, ", "))
	}
	for i, stop := range e.weakens {
		if !slices.Contains(e.weakened, stop) {
			e.problem(e.element(member(e.node, "weakens"), i), "profile.weakens_nothing", e.path("weakens"), "found", stop)
		}
	}
}

// fields changes the fields of a thing that exists.
func (e *entry) fields(s *section, target reflect.Value) {
	allowed := s.keys
	for key, n := range e.unique(e.node, e.path("")) {
		if slices.Contains(metaKeys, key.Value) {
			continue
		}
		if !slices.Contains(allowed, key.Value) {
			if f := fieldByTag(target.Elem(), key.Value); f.IsValid() {
				e.problem(key, "profile.fixed", e.path(key.Value), "found", key.Value, "allowed", strings.Join(allowed, ", "))
				continue
			}
			e.unknownKey(key, e.path(""), append(slices.Clone(allowed), "because", "from", "to"))
			continue
		}
		if e.special(target, key, n) {
			continue
		}
		e.field(fieldByTag(target.Elem(), key.Value), key, n, key.Value)
	}
}

// fieldByTag finds the field of a struct by its name in YAML.
func fieldByTag(v reflect.Value, name string) reflect.Value {
	for i := range v.NumField() {
		if v.Type().Field(i).Anonymous {
			if f := fieldByTag(v.Field(i), name); f.IsValid() {
				return f
			}
			continue
		}
		tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if tag == name && tag != "-" {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

var (
	textType    = reflect.TypeFor[checklist.Text]()
	textsType   = reflect.TypeFor[map[string]checklist.Text]()
	stringsType = reflect.TypeFor[[]string]()
	valuesType  = reflect.TypeFor[[]checklist.Value]()
)

// field changes one field.
func (e *entry) field(f reflect.Value, key, n *yaml.Node, name string) {
	path := e.path(name)
	switch {
	case f.Type() == textType:
		base := f.Interface().(checklist.Text)
		e.text(f, n, name, checklist.Placeholders(base), e.isNew)
	case f.Type() == textsType:
		e.texted(f, n, name)
	case f.Type() == valuesType:
		e.labels(f, n, name)
	case f.Type() == stringsType:
		after := e.texts(n, path)
		e.listed(key, n, name, after)
		before := f.Interface().([]string)
		if !slices.Equal(before, after) {
			e.valued = true
			e.change(Overridden, name, strings.Join(before, ", "), strings.Join(after, ", "), key)
		}
		f.Set(reflect.ValueOf(after))
	case f.Kind() == reflect.String:
		e.setString(f, key, n, name)
	case f.Kind() == reflect.Int:
		low, high := e.bounds(name)
		if x, ok := e.number(n, path, low, high, true); ok {
			e.setNumber(key, name, float64(f.Int()), x)
			f.SetInt(int64(x))
		}
	case f.Kind() == reflect.Float64:
		low, high := e.bounds(name)
		if x, ok := e.number(n, path, low, high, e.whole(name)); ok {
			e.setNumber(key, name, f.Float(), x)
			f.SetFloat(x)
		}
	case f.Kind() == reflect.Bool:
		after := e.yesNo(n, path)
		if f.Bool() != after {
			e.valued = true
			if name == "procedural" && after && !e.isNew {
				e.weakenStop()
			}
			e.change(Overridden, name, strconv.FormatBool(f.Bool()), strconv.FormatBool(after), key)
		}
		f.SetBool(after)
	default:
		e.problem(key, "profile.fixed", path, "found", name)
	}
}

// bounds are the lowest and highest value of a number.
func (e *entry) bounds(name string) (low, high float64) {
	if r, ok := e.l.c.Policy.Ranges[name]; ok {
		return r.Min, r.Max
	}
	if p, ok := e.param(name); ok {
		if r, ok := p.Range(); ok {
			return r.Min, r.Max
		}
	}
	return 0, 1e12 // what a descriptor can hold
}

// param is the parameter whose value is the field with the name.
func (e *entry) param(name string) (p checklist.Param, ok bool) {
	if e.section == "params" && name == "value" {
		p, ok = e.l.c.Policy.Params[e.name]
	}
	return p, ok
}

// whole tells whether a number has no decimals.
func (e *entry) whole(name string) bool {
	p, _ := e.param(name)
	return p.Whole
}

func (e *entry) setNumber(key *yaml.Node, name string, before, after float64) {
	if before == after && !e.isNew {
		return
	}
	e.valued = true
	e.change(Overridden, name, format(before), format(after), key)
	if e.isNew {
		return
	}
	switch p, isParam := e.param(name); {
	case isParam:
		if p.Stricter == "higher" && after < before || p.Stricter == "lower" && after > before {
			e.weakened = append(e.weakened, p.HardStops...)
		}
	case e.section == "items" && name == "severity" && after < before:
		e.weakenStop()
	}
}

// weakenStop notes that the change weakens the hard stops of the item.
func (e *entry) weakenStop() {
	it := e.l.c.Item(e.name)
	if it.HardStop != "" {
		e.weakened = append(e.weakened, it.HardStop)
	}
	if it.AlsoStops != nil {
		e.weakened = append(e.weakened, it.AlsoStops.Stop)
	}
	slices.Sort(e.weakened)
	e.weakened = slices.Compact(e.weakened)
}

// allowedOf are the allowed values of fields that hold a code.
func (e *entry) allowedOf(name string) []string {
	switch e.section + "." + name {
	case "items.theme":
		return e.themes()
	case "items.hardStop":
		var out []string
		for _, h := range e.l.c.Policy.HardStops {
			out = append(out, h.Code)
		}
		return append(out, none)
	case "params.read":
		return []string{"read", "partly", "recalled", "choice"}
	case "params.stricter":
		return []string{"higher", "lower"}
	case "sources.kind":
		return []string{"law", "case_law", "guidance", "standard", "practice", "research"}
	case "sources.validity":
		return []string{"known", "recalled"}
	case "lexicon.role":
		if f := e.l.c.Descriptor.Field("schema.fields[].disclosureRole"); f != nil {
			var out []string
			for _, v := range f.Values {
				out = append(out, v.Value)
			}
			return out
		}
	}
	return nil
}

// none takes a hard stop away from an item.
const none = "none"

// setString changes a field that holds a code, a date or an address.
func (e *entry) setString(f reflect.Value, key, n *yaml.Node, name string) {
	path, before := e.path(name), f.String()
	var after string
	switch allowed := e.allowedOf(name); {
	case name == "validFrom" || name == "validTo":
		after = e.date(n, path)
	case name == "uri":
		if after = e.values.text(n, path); after != "" && !uriForm.MatchString(after) {
			e.problem(n, "profile.uri_form", path, "found", after)
			return
		}
	case allowed != nil:
		after = e.oneOf(n, path, allowed)
	default:
		after = e.values.text(n, path)
	}
	if after == "" {
		return
	}
	if name == "hardStop" && after == none {
		after = ""
	}
	if after != before {
		e.valued = true
		if name == "hardStop" && before != "" {
			e.weakenStop()
		}
		e.change(Overridden, name, before, after, key)
	}
	f.SetString(after)
}

// listed makes sure that the codes of a list exist.
func (e *entry) listed(key, n *yaml.Node, name string, after []string) {
	var known []string
	switch e.section + "." + name {
	case "items.mitigations":
		for _, m := range e.l.c.Mitigations {
			known = append(known, m.Code)
		}
	case "signOff.roles":
		for _, r := range e.l.c.Policy.Roles {
			known = append(known, r.Code)
		}
		if len(after) == 0 {
			e.problem(key, "profile.no_roles", e.path(name))
		}
	case "params.hardStops":
		for _, h := range e.l.c.Policy.HardStops {
			known = append(known, h.Code)
		}
	default:
		return
	}
	for i, code := range after {
		switch {
		case !slices.Contains(known, code):
			e.problem(e.element(n, i), "profile.not_allowed", e.path(name), "found", code,
				"nearest", descriptor.Nearest(code, known), "allowed", strings.Join(known, ", "))
		case slices.Contains(after[:i], code):
			e.problem(e.element(n, i), "profile.twice", e.path(name), "found", code)
		}
	}
}

var placeholder = regexp.MustCompile(`\{([A-Za-z]\w*)\}`)

// text changes a text. Where it takes the place of one that is there, it must do so
// in every language of the organisation, or readers of one language would be told
// something else than those of another.
func (e *entry) text(f reflect.Value, n *yaml.Node, name string, fillable []string, isNew bool) {
	path := e.path(name)
	if name == "" {
		path = e.section + "." + e.name
	}
	base, _ := f.Interface().(checklist.Text)
	given := e.langText(n, path, e.l.languages)
	if len(given) == 0 {
		return
	}
	for _, lang := range slices.Sorted(maps.Keys(given)) {
		for _, m := range placeholder.FindAllStringSubmatch(given[lang], -1) {
			if fillable != nil && !slices.Contains(fillable, m[1]) {
				e.problem(n, "profile.placeholder", path, "found", "{"+m[1]+"}", "nearest", descriptor.Nearest(m[1], fillable), "allowed", strings.Join(fillable, ", "))
			}
		}
	}
	replaced := slices.ContainsFunc(slices.Collect(maps.Keys(given)), func(lang string) bool { return base[lang] != "" && base[lang] != given[lang] })
	if e.language == "" && e.l.layer == "" {
		var missing []string
		for _, lang := range e.l.languages {
			if given[lang] == "" && (isNew || replaced && base[lang] != "") {
				missing = append(missing, lang)
			}
		}
		if len(missing) > 0 {
			e.problem(n, "profile.languages_missing", path, "missing", strings.Join(missing, ", "))
		}
	}
	if replaced && !isNew {
		e.change(Overridden, name, e.inFirst(base), e.inFirst(given), n)
	}
	merged := maps.Clone(base)
	if merged == nil {
		merged = checklist.Text{}
	}
	maps.Copy(merged, given)
	f.Set(reflect.ValueOf(merged))
}

// inFirst is a text in the first language of the organisation that it has.
func (e *entry) inFirst(t checklist.Text) string {
	for _, lang := range e.l.languages {
		if t[lang] != "" {
			return t[lang]
		}
	}
	return t.In("en")
}

// texted changes texts by their names, such as the reasons of an item.
func (e *entry) texted(f reflect.Value, n *yaml.Node, name string) {
	if n.Kind != yaml.MappingNode {
		e.problem(n, "wrong_kind", e.path(name), "expected", "group", "was", kindOf(n))
		return
	}
	base := f.Interface().(map[string]checklist.Text)
	known := slices.Sorted(maps.Keys(base))
	if e.isNew {
		known = explained
	}
	merged := maps.Clone(base)
	if merged == nil {
		merged = map[string]checklist.Text{}
	}
	for key, value := range e.unique(n, e.path(name)) {
		if !slices.Contains(known, key.Value) {
			e.unknownKey(key, e.path(name), known)
			continue
		}
		t := merged[key.Value]
		fillable := checklist.Placeholders(t)
		if e.isNew {
			fillable = e.fieldNames()
		}
		if fillable == nil {
			fillable = []string{}
		}
		e.text(reflect.ValueOf(&t).Elem(), value, name+"."+key.Value, fillable, e.isNew)
		if len(t) > 0 {
			merged[key.Value] = t
		}
	}
	f.Set(reflect.ValueOf(merged))
}

// fieldNames are the names that a reason may speak of in braces.
func (e *entry) fieldNames() []string {
	out := []string{"columns"}
	for i := range e.l.c.Descriptor.Fields {
		out = append(out, e.l.c.Descriptor.Fields[i].Name())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// labels changes the words for the values of a field.
func (e *entry) labels(f reflect.Value, n *yaml.Node, name string) {
	if n.Kind != yaml.MappingNode {
		e.problem(n, "wrong_kind", e.path(name), "expected", "group", "was", kindOf(n))
		return
	}
	list := slices.Clone(f.Interface().([]checklist.Value))
	defer func() { f.Set(reflect.ValueOf(list)) }()
	var known []string
	for _, v := range list {
		known = append(known, v.Value)
	}
	for key, value := range e.unique(n, e.path(name)) {
		i := slices.Index(known, key.Value)
		if i < 0 {
			e.unknownKey(key, e.path(name), known)
			continue
		}
		e.text(reflect.ValueOf(&list[i].Label).Elem(), value, name+"."+key.Value, nil, false)
	}
}
