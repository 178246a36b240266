package catalog

import (
	"puntari/internal/assessment"
	"puntari/internal/plainjson"
)

// Origin says by what the results of a run came about. It stands with every result,
// so that those of several runs can be told apart wherever they end up.
type Origin struct {
	Tool assessment.Tool
	// Revision is that of the policy with its checklists and parameters
	// ([assessment.Digests.Revision]).
	Revision string
	// Profile is the identifier of the organisation whose profile was used, "" for
	// the general one.
	Profile string
}

// appendMembers appends the end of a line of JSON.
func (o *Origin) appendMembers(b []byte) []byte {
	b = plainjson.Text(append(b, `,"tool":{"name":`...), o.Tool.Name)
	b = plainjson.Text(append(b, `,"version":`...), o.Tool.Version)
	b = plainjson.Text(append(b, `},"revision":`...), o.Revision)
	return member(b, `,"profile":`, o.Profile)
}
