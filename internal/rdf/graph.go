package rdf

import (
	"iter"
	"strings"
)

// Graph holds the triples of a file by subject. The nodes keep the order in
// which they first are a subject.
type Graph struct {
	nodes map[Term]*Node
	order []*Node
}

// Node is a subject with its properties in the order of the file.
type Node struct {
	Term
	Properties []Property
	// Line is the line in which the node is first described, or 0.
	Line int

	values  map[string][]Term
	indexed int // how many properties values holds
}

// Property is a property of a node with its value.
type Property struct {
	// IRI names the property.
	IRI   string
	Value Term
}

// Add takes a triple in. It is an [Emit].
func (g *Graph) Add(t Triple) error {
	n := g.nodes[t.Subject]
	if n == nil {
		if g.nodes == nil {
			g.nodes = map[Term]*Node{}
		}
		n = &Node{Term: t.Subject, Line: t.Line}
		g.nodes[t.Subject] = n
		g.order = append(g.order, n)
	}
	n.Properties = append(n.Properties, Property{t.Predicate.Value, t.Object})
	return nil
}

// Nodes are the subjects in the order of the file.
func (g *Graph) Nodes() []*Node { return g.order }

// Node is what the graph says of a term: nothing of a literal or of a term that
// is no subject, which gives a node without properties.
func (g *Graph) Node(t Term) *Node {
	if n := g.nodes[t]; n != nil {
		return n
	}
	return &Node{Term: t}
}

// mostValues bounds the values of a property that All gives.
const mostValues = 1000

// All are the values of a property, the first thousand of them. Literals of
// nothing but white space are left out: catalogues write empty elements for what
// they do not know.
func (n *Node) All(iri string) []Term {
	var values []Term
	for t := range n.Each(iri) {
		if values = append(values, t); len(values) == mostValues {
			break
		}
	}
	return values
}

// Each gives the values of a property one after the other, as All does, all of
// them.
func (n *Node) Each(iri string) iter.Seq[Term] {
	return func(yield func(Term) bool) {
		if values, ok := n.index(); ok {
			for _, t := range values[iri] {
				if !yield(t) {
					return
				}
			}
			return
		}
		for _, p := range n.Properties {
			if p.IRI == iri && !p.Value.empty() && !yield(p.Value) {
				return
			}
		}
	}
}

// index is the values by property, if the node has so many that looking through
// them all takes long. It is made when it is first needed, so a graph is not to
// be read from several goroutines.
func (n *Node) index() (values map[string][]Term, ok bool) {
	const few = 64
	if len(n.Properties) <= few {
		return nil, false
	}
	if n.indexed != len(n.Properties) {
		n.values, n.indexed = map[string][]Term{}, len(n.Properties)
		for _, p := range n.Properties {
			if !p.Value.empty() {
				n.values[p.IRI] = append(n.values[p.IRI], p.Value)
			}
		}
	}
	return n.values, true
}

// First is the first value of the first of the properties that has one.
func (n *Node) First(iris ...string) (value Term, ok bool) {
	for _, iri := range iris {
		for t := range n.Each(iri) {
			return t, true
		}
	}
	return Term{}, false
}

// Is tells whether the node has the type.
func (n *Node) Is(iri string) bool {
	for t := range n.Each(RDF + "type") {
		if t.Value == iri {
			return true
		}
	}
	return false
}

func (t Term) empty() bool { return t.Kind == Literal && strings.TrimSpace(t.Value) == "" }
