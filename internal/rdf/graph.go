package rdf

import "strings"

// Graph holds the triples of a file by subject. The nodes keep the order in
// which they first are a subject.
type Graph struct {
	nodes map[Term]*Node
	order []*Node
	size  int
}

// Node is a subject with its properties in the order of the file.
type Node struct {
	Term
	Properties []Property
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
		n = &Node{Term: t.Subject}
		g.nodes[t.Subject] = n
		g.order = append(g.order, n)
	}
	n.Properties = append(n.Properties, Property{t.Predicate.Value, t.Object})
	g.size++
	return nil
}

// Len is the number of triples.
func (g *Graph) Len() int { return g.size }

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

// All are the values of a property. Literals of nothing but white space are
// left out: catalogues write empty elements for what they do not know.
func (n *Node) All(iri string) []Term {
	var values []Term
	for _, p := range n.Properties {
		if p.IRI == iri && !p.Value.empty() {
			values = append(values, p.Value)
		}
	}
	return values
}

// First is the first value of the first of the properties that has one.
func (n *Node) First(iris ...string) (value Term, ok bool) {
	for _, iri := range iris {
		for _, p := range n.Properties {
			if p.IRI == iri && !p.Value.empty() {
				return p.Value, true
			}
		}
	}
	return Term{}, false
}

// Is tells whether the node has the type.
func (n *Node) Is(iri string) bool {
	for _, p := range n.Properties {
		if p.Value.Value == iri && p.IRI == RDF+"type" {
			return true
		}
	}
	return false
}

func (t Term) empty() bool { return t.Kind == Literal && strings.TrimSpace(t.Value) == "" }
