package descriptor

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxAliased is how many values may come from aliases. Nobody writes so many
// repetitions by hand; a file that multiplies itself does.
const maxAliased = 10_000

// readYAML reads one YAML document into a tree. There is no node when the
// document says nothing.
func readYAML(t *tree, f *findings, d *document, l limits) *syntaxError {
	if yamlValues(d.text) > l.values {
		return syntaxErr(0, codeTooManyValues, "limit", strconv.Itoa(l.values))
	}
	root, err := parseYAML(d.text)
	switch {
	case err != nil:
		return diagnoseYAML(d.text, err, l)
	case root == nil:
		return nil
	}
	r := yamlReader{tree: t, findings: f, limits: l, anchors: map[*yaml.Node]anchored{}}
	r.node(root, 0)
	return nil
}

// errSecondDocument stands for a document that our own search for "---" did not
// see, behind a lone CR.
var errSecondDocument = errors.New("second document")

// parseYAML returns the content of the only document of text, nil if it is
// empty.
func parseYAML(text string) (root *yaml.Node, err error) {
	defer func() {
		// The library reports its own mistakes by panics.
		if p := recover(); p != nil {
			root, err = nil, fmt.Errorf("yaml: %v", p)
		}
	}()
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var first, second yaml.Node
	switch err := decoder.Decode(&first); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, err
	}
	switch err := decoder.Decode(&second); {
	case err == nil:
		return nil, errSecondDocument
	case !errors.Is(err, io.EOF):
		return nil, err
	}
	if len(first.Content) == 0 {
		return nil, nil
	}
	if root = first.Content[0]; root.Tag == "!!null" && root.Value == "" {
		return nil, nil // "---" and nothing behind it
	}
	return root, nil
}

// yamlValues is at least half the number of values in a YAML text: the signs
// that begin one. It is known before the parser makes far bigger things of them.
func yamlValues(text string) int {
	n := 1
	for i := range len(text) {
		switch text[i] {
		case ',', '[', '{':
			n++
		case '-', ':', '?':
			if i+1 == len(text) || isSpace(text[i+1]) || i > 0 && text[i] == ':' && (text[i-1] == '"' || text[i-1] == '\'') {
				n++
			}
		}
	}
	return n
}

type yamlReader struct {
	tree     *tree
	findings *findings
	limits   limits
	anchors  map[*yaml.Node]anchored
	values   int // values so far, those behind aliases included
	aliased  int // those behind aliases alone
	// exhausted tells that an alias had to be refused; one finding is enough.
	exhausted bool
}

// anchored is a node that aliases may stand for.
type anchored struct {
	index int32
	size  int  // its number of values
	done  bool // it has been read to its end
}

// coreTags are the tags that say no more than the text does.
var coreTags = map[string]bool{
	"!!str": true, "!!int": true, "!!float": true, "!!bool": true,
	"!!timestamp": true, "!!map": true, "!!seq": true,
}

func (r *yamlReader) node(n *yaml.Node, depth int) {
	at := yamlPlace(n.Line, n.Column)
	r.values++
	switch {
	case n.Style&yaml.TaggedStyle != 0 && !coreTags[n.Tag]:
		r.bad(at, codeTag, "found", shown(n.Tag))
		return
	case n.Kind == yaml.AliasNode:
		r.alias(n, at)
		return
	case n.Kind == yaml.ScalarNode:
		i := r.scalar(n, at)
		if n.Anchor != "" {
			r.anchors[n] = anchored{index: i, size: 1, done: true}
		}
		return
	case depth >= r.limits.depth:
		r.bad(at, codeDeepNesting, "limit", strconv.Itoa(r.limits.depth))
		return
	}
	r.branch(n, at, depth)
}

func (r *yamlReader) bad(at place, code string, params ...string) {
	r.findings.add(at, code, "", paramsOf(params))
	r.tree.add(node{kind: nodeBad, place: at})
}

func (r *yamlReader) scalar(n *yaml.Node, at place) int32 {
	const quotes = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	plain := n.Style&quotes == 0
	if plain && n.Tag == "!!null" {
		return r.tree.add(node{kind: nodeNull, place: at})
	}
	return r.tree.add(node{kind: nodeText, place: at, plain: plain, text: n.Value})
}

func (r *yamlReader) branch(n *yaml.Node, at place, depth int) {
	kind := nodeList
	if n.Kind == yaml.MappingNode {
		kind = nodeMapping
	}
	i, before := r.tree.add(node{kind: kind, place: at}), r.values
	if n.Anchor != "" {
		r.anchors[n] = anchored{index: i}
	}
	for c := 0; c < len(n.Content); c++ {
		if key := n.Content[c]; kind == nodeMapping {
			c++
			if key.Tag == "!!merge" {
				r.findings.add(yamlPlace(key.Line, key.Column), codeMergeKey, "", nil)
				continue
			}
			r.node(key, depth+1)
		}
		r.node(n.Content[c], depth+1)
	}
	r.tree.close(i)
	if n.Anchor != "" {
		r.anchors[n] = anchored{index: i, size: 1 + r.values - before, done: true}
	}
}

func (r *yamlReader) alias(n *yaml.Node, at place) {
	a, known := r.anchors[n.Alias]
	switch {
	case !known: // what it stands for was refused
		r.tree.add(node{kind: nodeBad, place: at})
		return
	case !a.done:
		r.bad(at, codeAliasCycle, "found", shown(n.Value))
		return
	}
	if r.aliased += a.size; r.aliased > maxAliased {
		if !r.exhausted {
			r.findings.add(at, codeAliasLimit, "", map[string]string{"found": shown(n.Value), "limit": strconv.Itoa(maxAliased)})
		}
		r.exhausted, r.aliased = true, r.aliased-a.size
		r.tree.add(node{kind: nodeBad, place: at})
		return
	}
	r.values += a.size
	r.tree.add(node{kind: nodeAlias, place: at, target: a.index})
}
