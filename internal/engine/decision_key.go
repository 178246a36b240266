package engine

import (
	"context"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/assessment"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
)

// decisionKey is everything of a dataset that the decision can tell apart.
type decisionKey struct {
	blocked, undecided, people, assets, channel, basis bool
	whatIf                                             string
	sameProduct                                        bool
	// failing are bits of the items that the decision names, sums of the
	// comparisons of numbers that hold.
	failing, sums uint64
	// rest is what else counts: numbers that the decision does not only compare,
	// the themes that it names, the measures.
	rest string
}

// decisionReads is what the decision policy looks at. It comes from reading its
// rules; a policy that looks at its input in ways that are not read here is
// evaluated every time, or has more of the input in its key.
type decisionReads struct {
	// failing and themes are the items and themes that it names.
	failing, themes []string
	// sums are comparisons of numbers, raw the numbers that are not only compared.
	sums []sum
	raw  [maxNumbers]bool
	// limits are what counts by level in a theme are compared with; rawThemes tells
	// that they are not only compared.
	limits    []int
	rawThemes bool
	measures  measureReads
	// unreadable tells that a key cannot hold what it looks at.
	unreadable bool
}

// The numbers of the decision's input: value, readiness, how many items are
// unknown, and how many are at each level.
const (
	numberValue = iota
	numberReadiness
	numberUnknown
	numberLevels
	maxNumbers = numberLevels + maxLevels
)

// sum is a comparison of a sum of the numbers, each times a factor, with 0.
type sum struct {
	linear
	op string
}

// linear is a sum of the numbers, each times a factor, and of a constant.
type linear struct {
	factors  [maxNumbers]float64
	constant float64
}

func (l *linear) plus(o linear, times float64) {
	for i, f := range o.factors {
		l.factors[i] += f * times
	}
	l.constant += o.constant * times
}

func (l *linear) isConstant() bool { return l.factors == [maxNumbers]float64{} }

// measureReads is what the decision looks at of each measure: which of the
// constants that it is compared with an attribute is. With all, everything of
// all measures counts, in order.
type measureReads struct {
	attributes []attributeReads
	all        bool
}

// attributeReads is an attribute, by its path within a measure, and the texts
// that it is compared with.
type attributeReads struct {
	path  []string
	texts []string
}

// decisionKey makes the key of a dataset.
func (e *Engine) decisionKey(c *facts.Case, t *tally, value, readiness int, whatIf *assessment.WhatIf) decisionKey {
	reads := e.decisionReads
	k := decisionKey{blocked: t.blocked, undecided: t.undecided, people: t.people, assets: t.assets}
	k.channel, k.basis = e.channel(c)
	if whatIf != nil && whatIf.Outcome != nil {
		k.whatIf, k.sameProduct = *whatIf.Outcome, whatIf.SameProduct
	}
	for i, id := range reads.failing {
		if slices.Contains(t.failing, id) {
			k.failing |= 1 << i
		}
	}
	numbers := [maxNumbers]int{numberValue: value, numberReadiness: readiness, numberUnknown: t.unknown}
	for i, n := range t.levels {
		numbers[numberLevels+i] = int(n)
	}
	for i := range reads.sums {
		if reads.sums[i].holds(&numbers) {
			k.sums |= 1 << i
		}
	}
	var rest [128]byte
	b := rest[:0]
	for i, n := range numbers {
		if reads.raw[i] {
			b = binary.LittleEndian.AppendUint32(b, uint32(n))
		}
	}
	for i := range t.themes {
		for _, n := range t.themes[i] {
			b = append(b, reads.side(n))
		}
	}
	k.rest = string(reads.measures.append(b, c.Dataset.Mitigations))
	return k
}

func (s *sum) holds(numbers *[maxNumbers]int) bool {
	x := s.constant
	for i, f := range s.factors {
		if f != 0 {
			x += f * float64(numbers[i])
		}
	}
	return compared(x, 0, s.op)
}

// side tells where a count of a theme lies among the limits, or is the count
// where more than comparing is done with it.
func (r *decisionReads) side(n uint8) byte {
	if r.rawThemes {
		return n
	}
	side := byte(0)
	for _, at := range r.limits {
		side += bit(int(n) >= at) + bit(int(n) > at)
	}
	return side
}

// append appends what counts of measures: each kind once, since the decision asks
// whether there is one.
func (r *measureReads) append(b []byte, measures []descriptor.Measure) []byte {
	var kinds []string
	for i := range measures {
		m := &measures[i]
		var kind []byte
		if r.all {
			kind = appendTexts(kind, text(m.Code), text(m.Status))
			for _, name := range slices.Sorted(maps.Keys(m.Params)) {
				if s, ok := m.Params[name].(string); ok {
					kind = appendTexts(kind, name, s)
				}
			}
			kinds = append(kinds, string(kind))
			continue
		}
		for k := range r.attributes {
			kind = append(kind, r.attributes[k].of(m))
		}
		if at, found := slices.BinarySearch(kinds, string(kind)); !found {
			kinds = slices.Insert(kinds, at, string(kind))
		}
	}
	return appendTexts(b, kinds...)
}

// of tells which of the texts an attribute of a measure is.
func (a *attributeReads) of(m *descriptor.Measure) byte {
	const absent, other = 0, 1
	var s string
	given := true
	switch strings.Join(a.path, ".") {
	case "code":
		s = text(m.Code)
	case "status":
		s = text(m.Status)
	default:
		if len(a.path) == 2 && a.path[0] == "params" {
			s, given = m.Params[a.path[1]].(string)
		} else {
			given = false // the input has no more of a measure
		}
	}
	if !given {
		return absent
	}
	return other + 1 + byte(slices.Index(a.texts, s))
}

func appendTexts(b []byte, list ...string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return b
}

// decisionReader reads the rules of the decision.
type decisionReader struct {
	e   *Engine
	out *decisionReads
	// rules are those of the package by their names.
	rules map[ast.Var][]*ast.Rule
}

// readDecision finds what the decision policy looks at.
func (e *Engine) readDecision(modules map[string]*ast.Module) *decisionReads {
	d := &decisionReader{e: e, out: &decisionReads{}, rules: map[ast.Var][]*ast.Rule{}}
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		if m := modules[name]; packageName(m) == "decision" {
			// What comes in by another name, or from another package, is not followed.
			for _, words := range imports(m) {
				d.out.unreadable = d.out.unreadable || !isFixedPath(words)
			}
			for _, r := range m.Rules {
				d.rules[r.Head.Name] = append(d.rules[r.Head.Name], r)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.rules)) {
		for _, r := range d.rules[name] {
			d.rule(r)
		}
	}
	slices.Sort(d.out.limits)
	d.out.limits = slices.Compact(d.out.limits)
	d.out.unreadable = d.out.unreadable || len(d.out.failing) > 64 || len(d.out.sums) > 64
	return d.out
}

// rule reads a rule and its else branches. The value of a sum counts where the
// rule is used.
func (d *decisionReader) rule(r *ast.Rule) {
	if _, isSum := d.sumOf(r.Head.Name); isSum {
		return
	}
	measure := d.eachMeasure(r)
	ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case *ast.Rule:
			if x != r {
				d.rule(x)
				return true
			}
		case *ast.Expr:
			return d.comparison(r, x) || measure != "" && (d.attribute(x, measure) || isMeasures(x, measure))
		case ast.Ref:
			if head, ok := x[0].Value.(ast.Var); ok && !ast.RootDocumentNames.Contains(x[0]) {
				d.variable(head, measure)
			}
			d.ref(x)
			for _, t := range x[1:] {
				ast.WalkTerms(t, func(t *ast.Term) bool {
					if inner, ok := t.Value.(ast.Ref); ok {
						d.ref(inner)
					}
					if v, ok := t.Value.(ast.Var); ok {
						d.variable(v, measure)
					}
					return false
				})
			}
			return true
		case ast.Var:
			d.variable(x, measure)
		}
		return false
	}).Walk(r)
}

// variable reads a name that stands outside of comparisons that were read.
func (d *decisionReader) variable(v, measure ast.Var) {
	if sum, ok := d.sumOf(v); ok {
		d.raw(&sum)
	}
	if measure != "" && v == measure {
		d.out.measures.all = true
	}
	if ast.RootDocumentNames.Contains(ast.NewTerm(v)) { // the whole input, or all data
		d.out.unreadable = true
	}
}

// eachMeasure is the variable of "some measure in input.measures" in the body of
// a rule, or "".
func (d *decisionReader) eachMeasure(r *ast.Rule) ast.Var {
	for _, x := range r.Body {
		if v, ok := measureVar(x); ok {
			return v
		}
	}
	return ""
}

func measureVar(x *ast.Expr) (ast.Var, bool) {
	decl, ok := x.Terms.(*ast.SomeDecl)
	if !ok || len(decl.Symbols) != 1 {
		return "", false
	}
	call, ok := decl.Symbols[0].Value.(ast.Call)
	if !ok || len(call) != 3 {
		return "", false
	}
	v, ok := call[1].Value.(ast.Var)
	return v, ok && call[2].Value.Compare(ast.MustParseRef("input.measures")) == 0
}

func isMeasures(x *ast.Expr, measure ast.Var) bool {
	v, ok := measureVar(x)
	return ok && v == measure
}

// attribute reads a comparison of an attribute of a measure with a text.
func (d *decisionReader) attribute(x *ast.Expr, measure ast.Var) bool {
	if !x.IsCall() || len(x.Operands()) != 2 || len(x.With) > 0 || x.Operator().String() != "equal" && x.Operator().String() != "neq" {
		return false
	}
	a, b := x.Operand(0), x.Operand(1)
	if _, ok := a.Value.(ast.String); ok {
		a, b = b, a
	}
	ref, ok := a.Value.(ast.Ref)
	s, isText := b.Value.(ast.String)
	if !ok || !isText || ref[0].Value.Compare(measure) != 0 {
		return false
	}
	path := ground(ref[1:])
	if len(path) != len(ref)-1 {
		return false
	}
	all := &d.out.measures.attributes
	k := slices.IndexFunc(*all, func(o attributeReads) bool { return slices.Equal(o.path, path) })
	if k < 0 {
		k = len(*all)
		*all = append(*all, attributeReads{path: path})
	}
	if texts := &(*all)[k].texts; !slices.Contains(*texts, string(s)) {
		*texts = append(*texts, string(s))
	}
	return true
}

// comparison reads a comparison of numbers of the input.
func (d *decisionReader) comparison(r *ast.Rule, x *ast.Expr) bool {
	if !x.IsCall() || len(x.Operands()) != 2 || len(x.With) > 0 {
		return false
	}
	op := x.Operator().String()
	switch op {
	case "lt", "lte", "gt", "gte", "equal", "neq":
	default:
		return false
	}
	if d.theme(x) {
		return true
	}
	left, ok1 := d.number(r.Module, x.Operand(0))
	right, ok2 := d.number(r.Module, x.Operand(1))
	if left.plus(right, -1); !ok1 || !ok2 || left.isConstant() {
		return false
	}
	if s := (sum{left, op}); !slices.Contains(d.out.sums, s) {
		d.out.sums = append(d.out.sums, s)
	}
	return true
}

// theme reads a comparison of a count of a theme, at whatever level, with a number.
func (d *decisionReader) theme(x *ast.Expr) bool {
	a, b := x.Operand(0), x.Operand(1)
	if _, ok := a.Value.(ast.Number); ok {
		a, b = b, a
	}
	ref, ok := a.Value.(ast.Ref)
	n, isNumber := b.Value.(ast.Number)
	if !ok || !isNumber || len(ref) != 4 || !ref[0].Equal(ast.InputRootDocument) {
		return false
	}
	words := ground(ref[1:])
	at, whole := n.Int()
	if len(words) < 2 || words[0] != "themes" || !whole {
		return false
	}
	d.named(&d.out.themes, words[1])
	d.out.limits = append(d.out.limits, at)
	return true
}

func (d *decisionReader) named(list *[]string, name string) {
	if !slices.Contains(*list, name) {
		*list = append(*list, name)
	}
}

// number reads a sum of numbers of the input.
func (d *decisionReader) number(m *ast.Module, t *ast.Term) (linear, bool) {
	switch v := t.Value.(type) {
	case ast.Number:
		f, err := strconv.ParseFloat(v.String(), 64)
		return linear{constant: f}, err == nil
	case ast.Var:
		if _, ok := d.rules[v]; ok {
			return d.sumOf(v)
		}
	case ast.Ref:
		if !v[0].Equal(ast.InputRootDocument) {
			break
		}
		var l linear
		i, ok := d.place(ground(v[1:]))
		if ok = ok && len(ground(v[1:])) == len(v)-1; ok {
			l.factors[i] = 1
		}
		return l, ok
	case ast.Call:
		if len(v) != 3 {
			break
		}
		times, op := 0.0, v[0].String()
		switch op {
		case "plus":
			times = 1
		case "minus":
			times = -1
		}
		a, ok1 := d.number(m, v[1])
		b, ok2 := d.number(m, v[2])
		if times != 0 && ok1 && ok2 {
			a.plus(b, times)
			return a, true
		}
	}
	return d.constant(m, t)
}

// place is the place of a number of the input among the numbers.
func (d *decisionReader) place(words []string) (int, bool) {
	switch strings.Join(words, ".") {
	case "value":
		return numberValue, true
	case "readiness":
		return numberReadiness, true
	case "unknown_items":
		return numberUnknown, true
	}
	if len(words) == 2 && words[0] == "levels" {
		n, ok := d.e.levelNumber[words[1]]
		return numberLevels + n, ok
	}
	return 0, false
}

// sumOf reads a rule that only gives a name to a sum of numbers of the input.
func (d *decisionReader) sumOf(name ast.Var) (linear, bool) {
	rules := d.rules[name]
	if len(rules) != 1 {
		return linear{}, false
	}
	r := rules[0]
	if r.Else != nil || r.Default || r.Head.Key != nil || len(r.Head.Args) > 0 || r.Head.Value == nil || len(r.Body) != 1 || !r.Body[0].Equal(ast.NewExpr(ast.BooleanTerm(true))) {
		return linear{}, false
	}
	l, ok := d.number(r.Module, r.Head.Value)
	return l, ok && !l.isConstant()
}

// constant evaluates what rests on parameters and items alone.
func (d *decisionReader) constant(m *ast.Module, t *ast.Term) (linear, bool) {
	if !d.isFixed(imports(m), t) {
		return linear{}, false
	}
	v, err := d.e.eval(context.Background(), &query{text: t.String(), context: ast.NewQueryContext().WithImports(m.Imports)}, ast.NewObject())
	n, ok := v.(ast.Number)
	if err != nil || !ok {
		return linear{}, false
	}
	f, err := strconv.ParseFloat(n.String(), 64)
	return linear{constant: f}, err == nil
}

// isFixed tells whether a term rests on parameters and items alone.
func (d *decisionReader) isFixed(names map[ast.Var][]string, t *ast.Term) bool {
	switch v := t.Value.(type) {
	case ast.Number:
		return true
	case ast.Call:
		_, builtin := ast.BuiltinMap[v[0].String()] // a rule could look at the input
		return builtin && !slices.ContainsFunc(v[1:], func(arg *ast.Term) bool { return !d.isFixed(names, arg) })
	case ast.Ref:
		head, ok := v[0].Value.(ast.Var)
		words := ground(v[1:])
		if from, imported := names[head]; imported {
			words = append(slices.Clone(from), words...)
		} else {
			words = append([]string{string(head)}, words...)
		}
		return ok && isFixedPath(words)
	}
	return false
}

// isFixedPath tells whether a path leads into the parameters or the items.
func isFixedPath(words []string) bool {
	return len(words) > 1 && words[0] == "data" && (words[1] == "params" || words[1] == "risk")
}

// raw notes numbers that are not only compared.
func (d *decisionReader) raw(l *linear) {
	for i, f := range l.factors {
		d.out.raw[i] = d.out.raw[i] || f != 0
	}
}

// ref reads a reference that is not part of a comparison that was read.
func (d *decisionReader) ref(ref ast.Ref) {
	words := ground(ref[1:])
	if ref[0].Equal(ast.DefaultRootDocument) && !isFixedPath(append([]string{"data"}, words...)) {
		d.out.unreadable = true // another rule, by its path
		return
	}
	if !ref[0].Equal(ast.InputRootDocument) {
		return
	}
	if len(words) == 0 {
		d.out.unreadable = true
		return
	}
	switch words[0] {
	case "failing", "themes":
		if len(words) < 2 {
			d.out.unreadable = true
			return
		}
		if words[0] == "failing" {
			d.named(&d.out.failing, words[1])
			return
		}
		d.named(&d.out.themes, words[1])
		d.out.rawThemes = true
	case "measures":
		d.out.measures.all = true
	case "levels":
		if i, ok := d.place(words); ok {
			d.out.raw[i] = true
			return
		}
		for i := numberLevels; i < maxNumbers; i++ {
			d.out.raw[i] = true
		}
	default:
		if i, ok := d.place(words); ok {
			d.out.raw[i] = true
		}
	}
}
