package profile

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"puntari/internal/checklist"
)

// Organisation says whose profile it is.
type Organisation struct {
	// Identifier is a short name of small letters, digits and "_"; the organisation's
	// Rego packages are org.<identifier>.
	Identifier string         `yaml:"identifier" json:"identifier"`
	Name       checklist.Text `yaml:"name" json:"name"`
	// Version is the semantic version of the profile.
	Version string `yaml:"version" json:"version"`
	// Languages are codes ("fi", "sv", "de"), the default one first.
	Languages []string `yaml:"languages" json:"languages"`
	Contact   Contact  `yaml:"contact" json:"contact,omitzero"`
	// Jurisdiction names the layers of law, in the order in which they are laid over
	// the general core; an empty list stands for the core alone.
	Jurisdiction []string `yaml:"jurisdiction" json:"jurisdiction"`
	Record       Record   `yaml:"record" json:"record,omitzero"`
}

// Contact is whom to ask about the profile.
type Contact struct {
	Name  checklist.Text `yaml:"name" json:"name,omitempty"`
	Email string         `yaml:"email" json:"email,omitempty"`
	URI   string         `yaml:"uri" json:"uri,omitempty"`
}

// Record is how reports are filed where the description of a dataset does not say
// so itself.
type Record struct {
	// CaseNumber says in words or by an example how cases are numbered.
	CaseNumber checklist.Text `yaml:"caseNumber" json:"caseNumber,omitempty"`
	// FunctionCode is the class of the function or task in the filing plan.
	FunctionCode   string `yaml:"functionCode" json:"functionCode,omitempty"`
	RetentionClass string `yaml:"retentionClass" json:"retentionClass,omitempty"`
	// RetentionPeriod is in years; -1 for permanent.
	RetentionPeriod int            `yaml:"retentionPeriod" json:"retentionPeriod,omitempty"`
	RetentionReason checklist.Text `yaml:"retentionReason" json:"retentionReason,omitempty"`
	// Publicity is that of the report: public, partly_secret or secret.
	Publicity string `yaml:"publicity" json:"publicity,omitempty"`
}

var (
	identifierForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)
	versionForm    = regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)
	languageForm   = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$`)
	emailForm      = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	uriForm        = regexp.MustCompile(`^https?://[^\s]+$`)
)

// headKeys are the keys of organisation.yaml that say whose profile it is; the
// others change the core.
var headKeys = []string{"identifier", "name", "version", "languages", "contact", "jurisdiction", "record"}

// organisation reads the head of organisation.yaml.
func (r *reader) organisation(d *document, o *Organisation) {
	root := d.root()
	if root == nil {
		return
	}
	v := &values{d: d, problems: &r.problems}
	// The languages come first: the texts of the head are checked against them.
	if n := member(root, "languages"); n != nil {
		o.Languages = v.texts(n, "languages")
		for i, lang := range o.Languages {
			switch {
			case !languageForm.MatchString(lang):
				v.problem(v.element(n, i), "profile.language_form", "languages", "found", lang)
			case slices.Contains(o.Languages[:i], lang):
				v.problem(v.element(n, i), "profile.twice", "languages", "found", lang)
			}
		}
	}
	v.language = ""
	for key, n := range pairs(root) {
		if !slices.Contains(headKeys, key.Value) {
			continue
		}
		switch key.Value {
		case "identifier":
			if o.Identifier = v.text(n, "identifier"); o.Identifier != "" && !identifierForm.MatchString(o.Identifier) {
				v.problem(n, "profile.identifier_form", "identifier", "found", o.Identifier)
				o.Identifier = ""
			}
		case "name":
			o.Name = v.langText(n, "name", o.Languages)
		case "version":
			if o.Version = v.text(n, "version"); o.Version != "" && !versionForm.MatchString(o.Version) {
				v.problem(n, "profile.version_form", "version", "found", o.Version)
			}
		case "contact":
			r.contact(v, n, o)
		case "jurisdiction":
			o.Jurisdiction = v.texts(n, "jurisdiction")
		case "record":
			r.record(v, n, o)
		}
	}
	for _, key := range []string{"identifier", "name", "version", "languages", "jurisdiction"} {
		if member(root, key) == nil {
			v.problem(nil, "profile.missing", key)
		}
	}
	if len(o.Languages) == 0 {
		if n := member(root, "languages"); n != nil {
			v.problem(n, "profile.no_languages", "languages")
		}
		o.Languages = slices.Clone(checklist.Languages)
	}
}

func (r *reader) contact(v *values, n *yaml.Node, o *Organisation) {
	for key, n := range v.group(n, "contact", "name", "email", "uri") {
		path := "contact." + key.Value
		switch key.Value {
		case "name":
			o.Contact.Name = v.langText(n, path, o.Languages)
		case "email":
			if o.Contact.Email = v.text(n, path); o.Contact.Email != "" && !emailForm.MatchString(o.Contact.Email) {
				v.problem(n, "profile.email_form", path, "found", o.Contact.Email)
			}
		case "uri":
			if o.Contact.URI = v.text(n, path); o.Contact.URI != "" && !uriForm.MatchString(o.Contact.URI) {
				v.problem(n, "profile.uri_form", path, "found", o.Contact.URI)
			}
		}
	}
}

// publicities are the publicity classes of a report, as in the field
// governance.assessmentPublicity.
var publicities = []string{"public", "partly_secret", "secret"}

func (r *reader) record(v *values, n *yaml.Node, o *Organisation) {
	for key, n := range v.group(n, "record", "caseNumber", "functionCode", "retentionClass", "retentionPeriod", "retentionReason", "publicity") {
		path := "record." + key.Value
		switch key.Value {
		case "caseNumber":
			o.Record.CaseNumber = v.langText(n, path, o.Languages)
		case "functionCode":
			o.Record.FunctionCode = v.text(n, path)
		case "retentionClass":
			o.Record.RetentionClass = v.text(n, path)
		case "retentionPeriod":
			if x, ok := v.number(n, path, -1, 1000, true); ok {
				o.Record.RetentionPeriod = int(x)
			}
		case "retentionReason":
			o.Record.RetentionReason = v.langText(n, path, o.Languages)
		case "publicity":
			o.Record.Publicity = v.oneOf(n, path, publicities)
		}
	}
}

// Title is the name of the organisation in a language.
func (o *Organisation) Title(lang string) string {
	if s := o.Name.In(lang); s != "" {
		return s
	}
	return strings.ReplaceAll(o.Identifier, "_", " ")
}
