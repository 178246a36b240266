package rdf

// Options say how a file is read. The zero value reads leniently within the
// default limits.
type Options struct {
	// Base is the address of the file, against which relative IRIs are resolved.
	Base string
	// Strict refuses everything that the W3C recommendations do not allow.
	Strict bool
	// Warn, if not nil, is told what was put up with, a hundred times at most.
	Warn func(*Error)
	// MaxDepth is how deep nodes may be nested in each other, 500 if 0.
	MaxDepth int
	// MaxTriples is how many triples a file may have, 20 million if 0.
	MaxTriples int
}

// mostWarnings bounds the warnings: finding the place of one takes time.
const mostWarnings = 100

func (o Options) withDefaults() Options {
	if o.MaxDepth <= 0 {
		o.MaxDepth = 500
	}
	if o.MaxTriples <= 0 {
		o.MaxTriples = 20_000_000
	}
	return o
}

// Emit takes one triple. An error ends the reading and is returned by the
// reader.
type Emit func(Triple) error
