package descriptor

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// tree is what a file says, in YAML or JSON, with the place of every value. The
// nodes stand in the order of the file: the children of a node follow it, and
// next leads past the last of them. A mapping has a key and a value in turn.
type tree struct {
	nodes []node
}

type node struct {
	kind nodeKind
	// plain texts stand without quotes: numbers, words and YAML's plain texts.
	plain bool
	// next is the node behind this one and its children.
	next int32
	// target is the node that an alias stands for.
	target int32
	place  place
	text   string
}

type nodeKind uint8

const (
	// nodeNull is a value that was not given: null, ~, nothing.
	nodeNull nodeKind = iota
	// nodeBad is a value that was refused; a finding says why.
	nodeBad
	nodeText
	nodeMapping
	nodeList
	nodeAlias
)

// add appends a node and returns its index. The caller sets next when all the
// children are there.
func (t *tree) add(n node) int32 {
	i := int32(len(t.nodes))
	n.next = i + 1
	t.nodes = append(t.nodes, n)
	return i
}

func (t *tree) close(i int32) { t.nodes[i].next = int32(len(t.nodes)) }

// resolve follows an alias.
func (t *tree) resolve(i int32) int32 {
	if t.nodes[i].kind == nodeAlias {
		return t.nodes[i].target
	}
	return i
}

// value returns the node, or the one that an alias stands for.
func (t *tree) value(i int32) *node { return &t.nodes[t.resolve(i)] }

// children are the entries of a list.
func (t *tree) children(i int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for c := i + 1; c < t.nodes[i].next; c = t.nodes[c].next {
			if !yield(c) {
				return
			}
		}
	}
}

// pairs are the keys and values of a mapping.
func (t *tree) pairs(i int32) iter.Seq2[int32, int32] {
	return func(yield func(key, value int32) bool) {
		for k := i + 1; k < t.nodes[i].next; {
			v := t.nodes[k].next
			if !yield(k, v) {
				return
			}
			k = t.nodes[v].next
		}
	}
}

// member returns the key and the value with the name, the first if there are
// several, or false.
func (t *tree) member(i int32, name string) (key, value int32, ok bool) {
	i = t.resolve(i)
	if t.nodes[i].kind != nodeMapping {
		return 0, 0, false
	}
	for k, v := range t.pairs(i) {
		if t.value(k).text == name {
			return k, v, true
		}
	}
	return 0, 0, false
}

// element returns an entry of a list, or a single value that stands where a
// list may stand.
func (t *tree) element(i int32, index int) (int32, bool) {
	i = t.resolve(i)
	if t.nodes[i].kind != nodeList {
		return i, index == 0
	}
	for c := range t.children(i) {
		if index == 0 {
			return c, true
		}
		index--
	}
	return 0, false
}

// find follows a path. It returns the value, the key it belongs to (the value
// itself for entries of lists), and whether the whole path was there; if not,
// they are those of the last part that was.
func (t *tree) find(path string) (value, key int32, ok bool) {
	for path != "" {
		if path[0] == '[' {
			digits, rest, _ := strings.Cut(path[1:], "]")
			index, err := strconv.Atoi(digits)
			if err != nil {
				return value, key, false
			}
			v, found := t.element(value, index)
			if !found {
				return value, key, false
			}
			value, key, path = v, v, strings.TrimPrefix(rest, ".")
			continue
		}
		k, v, rest, found := t.step(value, path)
		if !found {
			return value, key, false
		}
		value, key, path = v, k, rest
	}
	return value, key, true
}

// step enters the member of a mapping that a path begins with. The names in
// params.set have dots in them, so a name is first sought whole.
func (t *tree) step(i int32, path string) (key, value int32, rest string, ok bool) {
	if k, v, ok := t.member(i, path); ok {
		return k, v, "", true
	}
	for end := range len(path) {
		if path[end] != '.' && path[end] != '[' {
			continue
		}
		if k, v, ok := t.member(i, path[:end]); ok {
			return k, v, strings.TrimPrefix(path[end:], "."), true
		}
	}
	return 0, 0, "", false
}

// finding is a problem whose place is not yet turned into a line and column.
type finding struct {
	place    place
	other    place // of the first of two, or -1
	code     string
	path     string
	params   map[string]string
	severity Severity
}

// findings collects what is wrong with one descriptor.
type findings struct {
	list []finding
	// more counts those left out because there were too many to keep.
	more int
	// blamed are paths that a finding speaks of: that such a field is missing
	// needs no saying.
	blamed []string
}

// keptFindings is how many findings are kept to be put in order; a descriptor
// with more is wrong as a whole.
const keptFindings = 1000

// add notes a finding and returns it to be completed, until the next call.
func (f *findings) add(at place, code, path string, params map[string]string) *finding {
	n := finding{place: at, other: -1, code: code, path: path, params: params, severity: SeverityError}
	if f.full() {
		f.more++
		return &n
	}
	if path != "" {
		f.blamed = append(f.blamed, path)
	}
	f.list = append(f.list, n)
	return &f.list[len(f.list)-1]
}

// full tells that further findings are only counted, so that there is no use in
// looking for what was meant.
func (f *findings) full() bool { return len(f.list) >= keptFindings }

// blames tells whether a finding speaks of the path or of something around it.
func (f *findings) blames(path string) bool {
	return slices.ContainsFunc(f.blamed, func(b string) bool {
		return b == path || strings.HasPrefix(path, b) && (path[len(b)] == '.' || path[len(b)] == '[')
	})
}

// concerns tells whether a finding speaks of the path, of something around it or
// of something within it: the field was not simply forgotten.
func (f *findings) concerns(path string) bool {
	return f.blames(path) || slices.ContainsFunc(f.blamed, func(b string) bool {
		return strings.HasPrefix(b, path) && (b[len(path)] == '.' || b[len(path)] == '[')
	})
}

// problems turns the findings into problems in the order of the file, at most
// limit and one that counts the rest.
func (f *findings) problems(d *document, limit int) []Problem {
	if len(f.list) == 0 {
		return nil
	}
	slices.SortStableFunc(f.list, func(a, b finding) int { return cmp.Compare(a.place, b.place) })
	f.list = withoutRepeats(f.list)
	problems := make([]Problem, 0, min(len(f.list), limit)+1)
	for i, n := range f.list {
		if i == limit {
			rest := finding{place: n.place, other: -1, code: codeMore, severity: n.severity,
				params: map[string]string{"count": strconv.Itoa(len(f.list) - limit + f.more)}}
			return append(problems, rest.problem(d))
		}
		problems = append(problems, n.problem(d))
	}
	return problems
}

// withoutRepeats drops findings that say the same as an earlier one: the values
// in params.set are read twice, and what is repeated by an alias as often.
func withoutRepeats(list []finding) []finding {
	type saying struct {
		place      place
		code, path string
	}
	seen := make(map[saying]bool, len(list))
	return slices.DeleteFunc(list, func(n finding) bool {
		s := saying{n.place, n.code, n.path}
		if seen[s] {
			return true
		}
		seen[s] = true
		return false
	})
}

func (n *finding) problem(d *document) Problem {
	p := d.problem(d.offset(n.place), n.code, n.path, n.params)
	p.Severity = n.severity
	if n.other >= 0 {
		line, _ := d.position(d.offset(n.other))
		p.Params["line"] = strconv.Itoa(line)
	}
	return p
}

// problem makes a problem at a byte offset of the document.
func (d *document) problem(offset int, code, path string, params map[string]string) Problem {
	if params == nil {
		params = map[string]string{}
	}
	p := Problem{File: d.name, Code: code, Path: path, Params: params, Severity: SeverityError}
	p.Line, p.Column = d.position(offset)
	p.Excerpt, p.Caret = d.excerpt(offset)
	return p
}
